"""What `cases` adds to Wagtail's admin: one registration a concern."""

from wagtail import hooks

from cases.authoring import history, lighter, menu, urls
from cases.checks import deciding as checks_deciding
from cases.checks import views as checks_views
from cases.concerns import admin as concerns_admin
from cases.concerns import handling as concerns_handling
from cases.desk.bulk.install import register_actions as register_bulk_log
from cases.desk.bulk.views import wagtail_actions
from cases.desk.menu import addresses, menu_item
from cases.desk.panels import change_panels
from cases.entry_admin.publishing import refuse_bulk_publishing
from cases.entry_admin.viewset import entry_viewset
from cases.exchange.drafts.bulk import register_import_action
from cases.exchange.writing import register_load_action
from cases.members.admin import menu as team_menu
from cases.members.admin import page_doors
from cases.members.log_actions import register_log_actions as register_team_log_actions
from cases.members.requests import admin as account_requests
from cases.organisation_admin.chooser import organisation_chooser
from cases.organisation_admin.viewset import OrganisationViewSet
from cases.review_dates import dates as review_dates
from cases.review_dates import views as review_views
from cases.sheets import views as sheets
from cases.term_admin import proposals
from cases.term_admin.viewset import TermViewSet, register_log_actions
from cases.versions import admin_views as version_views
from cases.versions import closing, notes
from cases.versions.keeping import refuse_bulk_deletion, refuse_deletion
from cases.withdrawing import actions as withdrawing
from cases.withdrawing import buttons as withdraw_buttons
from cases.withdrawing import views as withdraw_views
from cases.workflow.history import register_actions, rename_actions
from cases.workflow.views import buttons
from cases.workflow.views import urls as review_urls

hooks.register("register_admin_viewset", lambda: entry_viewset)
hooks.register("register_admin_viewset", TermViewSet)
hooks.register("register_log_actions", register_log_actions)
hooks.register("register_log_actions", register_load_action)
hooks.register("register_log_actions", register_actions)
hooks.register("register_log_actions", rename_actions, order=10)
hooks.register("register_admin_viewset", OrganisationViewSet)
hooks.register("register_admin_viewset", lambda: organisation_chooser)
hooks.register("before_bulk_action", refuse_bulk_publishing)
hooks.register("register_admin_menu_item", menu_item)
hooks.register("register_admin_urls", addresses)
hooks.register("before_delete_page", refuse_deletion)
hooks.register("before_bulk_action", refuse_bulk_deletion)
hooks.register("register_log_actions", register_bulk_log)
hooks.register("construct_homepage_panels", change_panels)
for bulk_action in wagtail_actions():
    hooks.register("register_bulk_action", bulk_action)
hooks.register("register_admin_urls", urls.addresses)
hooks.register("register_admin_menu_item", menu.my_cases)
hooks.register("register_reports_menu_item", menu.translations)
hooks.register("register_page_header_buttons", menu.start_button)
hooks.register("register_page_listing_more_buttons", menu.start_button)
hooks.register("before_copy_page", menu.no_bare_copies)
hooks.register("register_log_actions", history.register_log_actions)
hooks.register("register_log_actions", proposals.register_log_actions)
hooks.register("register_admin_viewset", proposals.ProposalViewSet)
hooks.register("register_log_actions", checks_deciding.register_log_actions)
hooks.register("register_admin_urls", checks_views.addresses)
hooks.register("register_page_header_buttons", checks_views.header_buttons)
hooks.register("register_admin_urls", review_urls.addresses)
hooks.register("construct_page_action_menu", buttons.action_menu)
hooks.register("register_admin_urls", withdraw_views.addresses)
hooks.register("register_log_actions", withdrawing.register_log_actions)
hooks.register("register_page_action_menu_item", withdraw_buttons.menu_item)
hooks.register("register_page_header_buttons", withdraw_buttons.button)
hooks.register("register_page_listing_more_buttons", withdraw_buttons.button)
hooks.register("register_admin_urls", review_views.addresses)
hooks.register("register_log_actions", review_dates.register_log_actions)
hooks.register("register_page_header_buttons", review_views.button)
hooks.register("register_admin_urls", version_views.addresses)
hooks.register("register_log_actions", closing.register_log_actions)
hooks.register("register_log_actions", notes.register_log_actions)
hooks.register("register_page_header_buttons", version_views.button)

hooks.register("register_log_actions", register_team_log_actions)
hooks.register("register_admin_menu_item", team_menu.menu_item)
hooks.register("register_admin_urls", team_menu.addresses)
hooks.register("register_admin_urls", account_requests.addresses)
hooks.register("register_page_header_buttons", page_doors.header_buttons)
hooks.register("register_page_listing_more_buttons", page_doors.listing_buttons)
hooks.register("before_move_page", page_doors.move)
hooks.register("before_delete_page", page_doors.delete)
hooks.register("before_bulk_action", page_doors.bulk)
hooks.register("register_admin_urls", concerns_admin.addresses)
hooks.register("register_log_actions", concerns_handling.register_log_actions)
hooks.register("register_log_actions", register_import_action)
hooks.register("register_admin_urls", sheets.addresses)
hooks.register("register_admin_menu_item", sheets.menu_item)
hooks.register("before_edit_page", lighter.know_workflow)

"""What the admin does with entries outside the form: bulk publishing, choosing, copying and moving."""

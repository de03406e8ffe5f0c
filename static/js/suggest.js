/* Suggestions under a search box, as an ARIA combobox. Without this file the box is a plain one. */
(() => {
  "use strict";
  const PAUSE = 150;
  const HAN = /\p{Script=Han}/u;
  let number = 0;

  class Suggestions {
    constructor(input) {
      this.input = input;
      this.active = -1;
      this.timer = 0;
      this.request = null;
      this.asked = input.value.trim();
      number += 1;
      this.list = document.createElement("div");
      this.list.id = `suggestions-${number}`;
      this.list.className = "suggestions";
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", input.dataset.suggestLabel);
      this.list.hidden = true;
      this.status = document.createElement("p");
      this.status.className = "visually-hidden";
      this.status.setAttribute("role", "status");
      input.parentElement.classList.add("suggest-host");
      input.after(this.list, this.status);
      for (const [name, value] of Object.entries({
        role: "combobox",
        autocomplete: "off",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": this.list.id,
      })) {
        input.setAttribute(name, value);
      }
      input.addEventListener("input", () => this.wait());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("blur", () => this.close());
      input.form?.addEventListener("submit", () => this.close());
      // The box keeps the focus while a suggestion is pressed.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => this.follow(event.target.closest("[role=option]")));
    }

    get options() {
      return [...this.list.querySelectorAll("[role=option]")];
    }

    wait() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    }

    async ask() {
      const typed = this.input.value.trim();
      if (typed === this.asked && !this.list.hidden) return;
      this.asked = typed;
      this.request?.abort();
      if (typed.length < 2 && !HAN.test(typed)) {
        this.close();
        return;
      }
      this.request = new AbortController();
      try {
        const query = new URLSearchParams({ q: typed, part: "list" });
        const answer = await fetch(`${this.input.dataset.suggest}?${query}`, { signal: this.request.signal });
        if (!answer.ok) throw new Error(answer.statusText);
        this.show(await answer.text());
      } catch (error) {
        // The search works without suggestions; a request that a newer one replaced is no failure.
        if (error.name !== "AbortError") this.close();
      }
    }

    show(html) {
      if (document.activeElement !== this.input) return;
      const answer = new DOMParser().parseFromString(html, "text/html").querySelector("[data-count]");
      this.close();
      if (!answer) return;
      this.list.replaceChildren(...answer.querySelectorAll("[role=option]"));
      this.options.forEach((option, index) => {
        option.id = `${this.list.id}-${index}`;
      });
      this.status.textContent = answer.dataset.status;
      if (this.options.length) {
        this.list.hidden = false;
        this.input.setAttribute("aria-expanded", "true");
      }
    }

    close() {
      clearTimeout(this.timer);
      this.request?.abort();
      this.select(-1);
      this.list.hidden = true;
      this.status.textContent = "";
      this.input.setAttribute("aria-expanded", "false");
    }

    select(index) {
      const options = this.options;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
      this.active = index;
      if (index < 0) {
        this.input.removeAttribute("aria-activedescendant");
        return;
      }
      this.input.setAttribute("aria-activedescendant", options[index].id);
      options[index].scrollIntoView({ block: "nearest" });
    }

    move(step) {
      // From the last one on to the box itself, and round again.
      const places = this.options.length + 1;
      this.select(((this.active + 1 + step + places) % places) - 1);
    }

    key(event) {
      if (event.isComposing) return;
      if (this.list.hidden) {
        if (event.key === "ArrowDown" && !event.altKey) {
          event.preventDefault();
          this.ask();
        }
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        this.move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Escape") {
        event.preventDefault();
        this.close();
      } else if (event.key === "Enter" && this.active >= 0) {
        event.preventDefault();
        this.follow(this.options[this.active]);
      }
    }

    follow(option) {
      if (option) window.location.assign(option.dataset.url);
    }
  }

  const boxes = new WeakSet();
  const attach = (input) => {
    if (!input.matches("input[data-suggest]") || boxes.has(input)) return;
    boxes.add(input);
    new Suggestions(input);
  };
  const attachAll = () => document.querySelectorAll("input[data-suggest]").forEach(attach);
  attachAll();
  // Where a part of the page was replaced, its box is a new one.
  document.addEventListener("page-changed", attachAll);
})();


"use strict";
(() => {
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);

  // Light or dark: as the system says, until a person chooses.
  const theme = find("theme");
  const isDark = () => root.classList.contains("dark") ||
    (!root.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
  const showTheme = () => theme.setAttribute("aria-pressed", String(isDark()));
  theme.addEventListener("click", () => {
    const dark = !isDark();
    root.classList.toggle("dark", dark);
    root.classList.toggle("light", !dark);
    showTheme();
  });
  showTheme();

  const threads = [...document.querySelectorAll(".thread")].map((element) => ({
    element,
    wasOpen: element.open,
    comments: [...element.querySelectorAll("li")].map((item) => ({
      item,
      article: item.firstElementChild,
      parent: item.parentElement.closest("li"),
      label: item.dataset.label,
      categories: item.dataset.categories ? item.dataset.categories.split(";") : [],
      target: item.dataset.target,
      author: item.dataset.author,
      text: null,
    })),
  }));
  const total = threads.reduce((sum, thread) => sum + thread.comments.length, 0);
  const filters = ["search", "label", "category", "target", "author"].map(find);
  const form = find("filters");

  const words = (comment) => {
    if (comment.text === null) {
      comment.text = (comment.author + "\n" + comment.article.lastElementChild.textContent).toLowerCase();
    }
    return comment.text;
  };

  // Shows what matches, and dimmed what it answers; hides the rest.
  const filter = () => {
    const [search, label, category, target, author] = filters.map((field) => field.value);
    const wanted = search.toLowerCase().trim();
    const any = wanted || label || category || target || author;
    let found = 0;
    for (const thread of threads) {
      const kept = new Set();
      let matches = 0;
      for (const comment of thread.comments) {
        comment.match = (!label || comment.label === label) &&
          (!category || comment.categories.includes(category)) &&
          (!target || comment.target === target) &&
          (!author || comment.author === author) &&
          (!wanted || words(comment).includes(wanted));
        if (comment.match) {
          matches += 1;
          let item = comment.item;
          while (any && item && !kept.has(item)) {
            kept.add(item);
            item = item.parentElement.closest("li");
          }
        }
      }
      found += matches;
      if (any && matches === 0) {
        thread.element.classList.add("away");
        continue;
      }
      thread.element.classList.remove("away");
      for (const comment of thread.comments) {
        comment.item.classList.toggle("away", Boolean(any) && !kept.has(comment.item));
        comment.item.classList.toggle("context", Boolean(any) && !comment.match);
      }
      thread.element.open = any ? matches > 0 && (found <= 300 || thread.wasOpen) : thread.wasOpen;
    }
    const comments = total === 1 ? "comment" : "comments";
    find("found").value = any ? `${found} of ${total} ${comments}` : `${total} ${comments}`;
  };
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  const setAll = (open) => document.querySelectorAll(".thread:not(.away), .thread:not(.away) .answers")
    .forEach((element) => { element.open = open; });
  find("fold").addEventListener("click", () => setAll(false));
  find("unfold").addEventListener("click", () => setAll(true));

  // Moves from comment to comment.
  const all = threads.flatMap((thread) => thread.comments.map((comment) => ({ ...comment, thread })));
  const place = new Map(all.map((comment, index) => [comment.article, index]));
  const go = (step, wanted) => {
    const from = place.get(document.activeElement.closest("article"));
    let index = from === undefined ? (step > 0 ? -1 : all.length) : from;
    for (index += step; index >= 0 && index < all.length; index += step) {
      const { item, article, thread, label } = all[index];
      const hidden = thread.element.classList.contains("away") ||
        item.classList.contains("away") || item.classList.contains("context");
      if (hidden || (wanted && label !== wanted)) continue;
      for (let details = item.closest("details"); details; details = details.parentElement.closest("details")) {
        details.open = true;
      }
      article.focus();
      article.scrollIntoView({ block: "center" });
      return;
    }
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "Escape" && typing) typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const current = document.activeElement.closest("article");
    switch (event.key) {
      case "j": go(1); break;
      case "k": go(-1); break;
      case "n": go(1, "flamebait"); break;
      case "p": go(-1, "flamebait"); break;
      case "f": {
        const answers = current && current.nextElementSibling;
        if (answers) answers.open = !answers.open;
        break;
      }
      case "/": find("search").focus(); break;
      default: return;
    }
    event.preventDefault();
  });

  // Everything is unfolded on paper.
  addEventListener("beforeprint", () => setAll(true));
  form.hidden = false;
  filter();
})();

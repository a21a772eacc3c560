/* What a story's page adds: the marker put away, words reported or quoted, the story read aloud and passed on. */
(() => {
  const { $, $$, on, recall, remember, say, words, headlineOf } = newsroom;
  const story = $("#story");
  const save = $("[data-save]", story);

  /* Which version was read here, for the marks on those corrected since */
  if (save) {
    const read = recall("read");
    read.delete(save.dataset.save);
    read.set(save.dataset.save, { version: +story.dataset.version, headline: headlineOf(save), at: new Date() });
    remember("read", new Map([...read].slice(-200)));
  }

  /* A table that is wider than the page can be scrolled with keys */
  for (const table of $$(".text table")) if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;

  /* Evidence: pressing the same point again, or Escape, puts the marker away */
  const putAway = () => (location.hash = "_");
  on("click", (event) => {
    const point = event.target.closest('.points a[href^="#e"]');
    if (!point || point.hash !== location.hash) return;
    event.preventDefault();
    putAway();
  });
  on("keydown", ({ key, defaultPrevented }) => {
    if (key !== "Escape" || defaultPrevented) return;
    if (/^#e\d/.test(location.hash)) putAway();
    pop.hidden = true;
    hush();
  });

  /* The form for a report opens in place; htmx comes with the first wish for it */
  let isComing;
  on("click", (event) => {
    const link = event.target.closest("[data-hx-get]");
    if (!link || globalThis.htmx || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (isComing) return;
    isComing = true;
    const script = Object.assign(document.createElement("script"), { src: story.dataset.htmx });
    script.onload = () => link.click();
    script.onerror = () => location.assign(link.href);
    document.head.append(script);
  });

  /* Selected words: report them, or copy them with a link that leads to them */
  const QUOTE = 500;
  const CONTEXT = 60;
  const pop = $("#pop").content.firstElementChild.cloneNode(true);
  const [report, copy] = pop.children;
  const textOf = (range) => {
    const part = range.cloneContents();
    for (const control of part.querySelectorAll(".ev__n, .ev__next, small")) control.remove();
    return part.textContent;
  };
  const upTo = (passage, range, isBefore) => {
    const rest = document.createRange();
    rest.selectNodeContents(passage);
    if (isBefore) rest.setEnd(range.startContainer, range.startOffset);
    else rest.setStart(range.endContainer, range.endOffset);
    return isBefore ? textOf(rest).slice(-CONTEXT) : textOf(rest).slice(0, CONTEXT);
  };
  const elementOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
  const place = () => {
    const selection = getSelection();
    const [, before, quote, after] = /^(\s*)([^]*?)(\s*)$/.exec(selection);
    const range = quote && selection.rangeCount ? selection.getRangeAt(0) : null;
    const passage = range && story.contains(range.commonAncestorContainer) && elementOf(range.commonAncestorContainer).closest(".text, .stand, .points, h1");
    pop.hidden = !passage;
    if (!passage) return;
    const url = new URL(story.dataset.report, location);
    url.searchParams.set("quote", quote.slice(0, QUOTE));
    url.searchParams.set("prefix", upTo(passage, range, true) + before);
    url.searchParams.set("suffix", after + upTo(passage, range, false));
    report.href = url;
    pop.quote = quote;
    /* Beside the passage in the page, so that Tab leads on to it; on touch below, where the system's own menu is not */
    const block = elementOf(range.endContainer).closest(".brief, .stand, h1, .text > *");
    if (block.nextElementSibling !== pop) block.after(pop);
    const boxes = range.getClientRects();
    const isTouch = matchMedia("(pointer: coarse)").matches;
    const box = boxes[isTouch ? boxes.length - 1 : 0];
    pop.classList.toggle("pop--below", isTouch);
    const top = isTouch ? box.bottom + 32 : box.top - pop.offsetHeight - 12;
    pop.style.setProperty("top", `${top + scrollY}px`);
    pop.style.setProperty("left", `${Math.max(12, Math.min(box.left, innerWidth - pop.offsetWidth - 12)) + scrollX}px`);
  };
  let waiting;
  if (story.dataset.report) {
    pop.hidden = true;
    on("selectionchange", () => {
      clearTimeout(waiting);
      waiting = setTimeout(place, 120);
    });
  }
  const address = $("[rel=canonical]")?.href ?? location.href;
  const encode = (part) => encodeURIComponent(part).replaceAll("-", "%2D");
  const linkTo = (quote) => {
    const all = quote.split(/\s+/);
    const ends = all.length > 12 ? [all.slice(0, 5), all.slice(-5)] : [all];
    return `${address}#:~:text=${ends.map((end) => encode(end.join(" "))).join(",")}`;
  };
  const write = (text) => navigator.clipboard.writeText(text).then(() => say(words.copied), () => say(words.uncopied));
  if (navigator.clipboard) copy.onclick = () => write(`“${pop.quote}” ${headlineOf(save)}, ${linkTo(pop.quote)}`).then(() => (pop.hidden = true));
  else copy.remove();

  /* Passed on: by the system's own sheet, else as a copied link */
  const share = $("[data-share]");
  if (share) {
    if (!navigator.share && !navigator.clipboard) share.remove();
    share.onclick = () => {
      if (navigator.share) return navigator.share({ title: headlineOf(save), url: address }).catch(() => {});
      write(address).then(() => ($("span", share).textContent = $("#said").textContent));
    };
  }

  /* Read aloud, a paragraph after another, the one that is heard marked */
  const voice = globalThis.speechSynthesis;
  const listen = $("[data-listen]");
  const hush = () => {
    voice?.cancel();
    $(".is-heard")?.classList.remove("is-heard");
    listen?.setAttribute("aria-pressed", "false");
  };
  const readOn = ([part, ...rest]) => {
    $(".is-heard")?.classList.remove("is-heard");
    if (!part) return hush();
    const range = document.createRange();
    range.selectNodeContents(part);
    const speech = new SpeechSynthesisUtterance(textOf(range));
    speech.lang = story.lang;
    part.classList.add("is-heard");
    part.scrollIntoView({ block: "nearest" });
    speech.onend = () => part.classList.contains("is-heard") && readOn(rest);
    speech.onerror = ({ error }) => {
      if (/canceled|interrupted/.test(error)) return;
      hush();
      say(words.mute);
    };
    voice.speak(speech);
  };
  if (!voice) listen?.remove();
  else if (listen) {
    listen.onclick = () => {
      const wasOn = listen.getAttribute("aria-pressed") === "true";
      hush();
      if (wasOn) return;
      listen.setAttribute("aria-pressed", "true");
      readOn($$("h1, .stand, .text > *", story));
    };
    addEventListener("pagehide", hush);
  }
})();

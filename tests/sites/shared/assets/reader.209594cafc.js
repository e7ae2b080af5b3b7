// What helps a reader on every page: links to folders where there is no server, the way to another language
// with all that is chosen here, a glimpse of an event that a text links to, the place of the reader on an article's timeline, and media that load on a click.
(function () {
  "use strict";

  function all(selector) {
    return Array.prototype.slice.call(document.querySelectorAll(selector));
  }

  // What is wider than the page can be moved by the keyboard, too.
  all(".prose pre, .prose table").forEach(function (wide) {
    if (wide.scrollWidth > wide.clientWidth && getComputedStyle(wide).overflowX !== "visible") wide.tabIndex = 0;
  });

  // ------------------------------------------------------------ opened from a folder

  // A link to a folder shows its list of files there: it leads to the page inside instead.
  function lead(link) {
    var href = link.getAttribute("href") || "";
    var match = /^([^#?]*\/)?([^#?/]*)([#?].*)?$/.exec(href);
    if (!match || !match[1] || match[2] && !/^\.\.?$/.test(match[2]) || /^[a-z+.-]+:/i.test(href)) return;
    link.setAttribute("href", match[1] + (match[2] ? match[2] + "/" : "") + "index.html" + (match[3] || ""));
  }

  if (location.protocol === "file:") {
    all("a[href]").forEach(lead);
    ["pointerover", "focusin"].forEach(function (name) {
      document.addEventListener(name, function (event) {
        var link = event.target.closest && event.target.closest("a[href]");
        if (link) lead(link);
      });
    });
  }

  // ------------------------------------------------------------ where the timeline is not the home

  // Links to events, years and filters of the timeline were made while it was, and still lead there.
  var timeline = document.body.getAttribute("data-timeline"), hash = location.hash;
  var filters = /^#[a-z]+=/.test(hash) && !document.getElementById("find");
  if (timeline && (filters || /^#(e-.|y-?\d|era-.)/.test(hash) && !document.getElementById(decodeURIComponent(hash.slice(1)))))
    location.replace(timeline + (location.protocol === "file:" ? "index.html" : "") + hash);

  // ------------------------------------------------------------ what unfolds in the menu

  // One at a time, and none once the reader is elsewhere.
  var folds = all(".masthead details");
  function fold(but) {
    folds.forEach(function (one) {
      if (one.open && one !== but) one.open = false;
    });
  }
  if (folds.length) {
    document.addEventListener("click", function (event) {
      fold(event.target.closest && event.target.closest(".masthead details"));
    });
    document.addEventListener("focusin", function (event) {
      fold(event.target.closest(".masthead details"));
    });
    document.addEventListener("keydown", function (event) {
      var open = event.key === "Escape" && document.activeElement.closest(".masthead details[open]");
      if (open) open.querySelector("summary").focus();
      if (event.key === "Escape") fold(null);
    });
  }

  // ------------------------------------------------------------ the same in another language

  // The event at the top of what is seen, once the reader has left the top of the page: the first that begins
  // in the upper half, so that one which was scrolled to stays the same; else the one that fills it.
  function inView() {
    if (!window.scrollY) return "";
    var around = null, begun = null;
    all('main li[id^="e-"]').forEach(function (item) {
      var box = item.getBoundingClientRect();
      if (!box.height || box.bottom < 8 || box.top > window.innerHeight / 2) return;
      around = around || item;
      if (box.top >= 0) begun = begun || item;
    });
    var found = begun || around;
    return found ? found.id.slice(2) : "";
  }

  // Who scrolls up to the languages comes from the event that was read last. After a while at the top it is forgotten.
  var PAUSE = 300, FORGET = 20000;
  var read = "", resting = 0;
  function rest() {
    if (!isAtTop()) read = inView() || read;
    else
      resting = setTimeout(function () {
        read = "";
      }, FORGET);
  }

  function isAtTop() {
    return window.scrollY < window.innerHeight / 2;
  }

  window.addEventListener(
    "scroll",
    function () {
      clearTimeout(resting);
      resting = setTimeout(rest, PAUSE);
    },
    { passive: true }
  );

  // Filters, search and the range of the axis are in the address of a timeline; the event in view joins them.
  function carried() {
    var view = window.timelineView, seen = (isAtTop() && read) || inView();
    var chosen = view && view.address ? view.address() : "";
    if (!chosen) return seen && "#e-" + seen;
    return seen ? chosen + "&at=" + encodeURIComponent(seen) : chosen;
  }

  all('.languages a[rel="alternate"]').forEach(function (link) {
    ["pointerdown", "focus", "click"].forEach(function (name) {
      link.addEventListener(name, function () {
        link.hash = carried();
      });
    });
  });

  // Browsers leave a card half out of view that the keyboard has reached.
  all(".card a").forEach(function (link) {
    link.addEventListener("focus", function () {
      if (link.matches(":focus-visible")) link.closest(".card").scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  });

  // ------------------------------------------------------------ a glimpse of an event

  var shown = null, pointed = null, hiding = 0;

  function plain(href) {
    return href.replace(/index\.html$/, "");
  }

  function glimpseOf(link) {
    var href = plain(link.getAttribute("href"));
    return all(".glimpse").filter(function (one) {
      return one.getAttribute("data-href") === href;
    })[0];
  }

  function show(link, glimpse) {
    clearTimeout(hiding);
    if (shown === glimpse) return;
    hide();
    shown = glimpse;
    pointed = link;
    glimpse.classList.add("shown");
    place(link, glimpse);
  }

  function place(link, glimpse) {
    var box = link.getBoundingClientRect(), own = glimpse.getBoundingClientRect();
    var room = document.documentElement.clientWidth - own.width - 8;
    var left = document.documentElement.dir === "rtl" ? box.right - own.width : box.left;
    var below = box.bottom + own.height + 12 < window.innerHeight || box.top < own.height + 12;
    glimpse.style.left = Math.max(Math.min(left, room), 8) + "px";
    glimpse.style.top = (below ? box.bottom + 6 : box.top - own.height - 6) + "px";
  }

  function hide() {
    if (shown) shown.classList.remove("shown");
    shown = null;
  }

  // The keyboard scrolls to the link that it reaches; a glimpse stays with its link as long as this is seen.
  function follow() {
    if (!shown) return;
    var box = pointed.getBoundingClientRect();
    if (box.bottom < 0 || box.top > window.innerHeight) hide();
    else place(pointed, shown);
  }

  function soon() {
    clearTimeout(hiding);
    hiding = setTimeout(hide, 200);
  }

  var glimpses = document.querySelector(".glimpses");
  var links = glimpses ? all(".prose a.event-link") : [];
  if (glimpses) {
    glimpses.hidden = false;
    links.forEach(function (link) {
      var glimpse = glimpseOf(link);
      if (!glimpse) return;
      link.setAttribute("aria-describedby", glimpse.id);
      link.addEventListener("pointerenter", function (event) {
        if (event.pointerType !== "touch") show(link, glimpse);
      });
      link.addEventListener("focus", function () {
        show(link, glimpse);
      });
      link.addEventListener("pointerleave", soon);
      link.addEventListener("blur", soon);
      glimpse.addEventListener("pointerenter", function () {
        clearTimeout(hiding);
      });
      glimpse.addEventListener("pointerleave", soon);
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") hide();
    });
    window.addEventListener("scroll", follow, { passive: true });
  }

  // ------------------------------------------------------------ where the reader is

  // The event that the text spoke of last is marked on the article's own timeline.
  var beside = all(".article-page .brief > li");
  var marks = [];
  links.forEach(function (link) {
    var href = plain(link.getAttribute("href"));
    var item = beside.filter(function (one) {
      return plain(one.querySelector("a").getAttribute("href")) === href;
    })[0];
    if (item) marks.push([link, item]);
  });

  function mark() {
    waiting = false;
    var line = window.innerHeight * 0.5, here = null;
    marks.forEach(function (pair) {
      if (pair[0].getBoundingClientRect().top < line) here = pair[1];
    });
    beside.forEach(function (item) {
      item.classList.toggle("here", item === here);
      var link = item.querySelector("a");
      if (item === here) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  }

  var waiting = false;
  function later() {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  }

  if (marks.length) {
    window.addEventListener("scroll", later, { passive: true });
    window.addEventListener("resize", later);
    later();
  }

  // ------------------------------------------------------------ media that load on a click

  function player(link) {
    var kind = link.getAttribute("data-player"), media;
    if (kind === "audio" || kind === "film") {
      media = document.createElement(kind === "audio" ? "audio" : "video");
      media.controls = true;
      media.autoplay = true;
    } else {
      media = document.createElement("iframe");
      media.allow = "fullscreen; picture-in-picture; autoplay";
      media.allowFullscreen = true;
      media.referrerPolicy = "strict-origin-when-cross-origin";
      media.title = link.querySelector(".facade-title").textContent;
    }
    media.className = "player player-" + kind;
    media.tabIndex = 0;
    media.src = link.getAttribute("data-url");
    return media;
  }

  all("a.facade").forEach(function (link) {
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      var media = player(link);
      link.replaceWith(media);
      media.focus();
    });
  });

  // Where the site's policy allows no other host, the link does what a link does.
  document.addEventListener("securitypolicyviolation", function (event) {
    all(".player").forEach(function (media) {
      if (media.src.indexOf(event.blockedURI) === 0) location.href = media.src;
    });
  });
})();

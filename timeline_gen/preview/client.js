// In every previewed page: keep the page up to date, and show what is wrong with the content.
// livereload's script holds the connection; this is a plug-in of it. A message's path says what changed:
// "*" the page itself, which livereload loads again; "/-/styles" its style sheets; "/-/problems" the list.
(function () {
  "use strict";
  var own = document.currentScript;
  var shows = {page: own.dataset.page, styles: own.dataset.styles, generation: own.dataset.generation};
  var host = null;
  var newest = -1;

  function Plugin(_window, livereload) {
    host = livereload;
  }
  Plugin.identifier = "timeline-gen";
  Plugin.version = "1";
  Plugin.prototype.analyze = function () {
    return {page: shows.page, styles: shows.styles, generation: shows.generation};
  };
  Plugin.prototype.reload = function (path) {
    if (path === "/-/problems") {
      fetchProblems();
      return true;
    }
    if (path === "/-/styles") {
      fetchStyles();
      return true;
    }
    return false;
  };
  window.LiveReloadPluginTimelineGen = Plugin;

  // ------------------------------------------------------------ style sheets

  function sheets(from) {
    return Array.prototype.slice.call(from.querySelectorAll('link[rel~="stylesheet"]'));
  }

  function fetchStyles() {
    fetch(location.href, {cache: "no-store"}).then(function (answer) {
      return answer.text();
    }).then(function (text) {
      var now = new DOMParser().parseFromString(text, "text/html");
      var script = now.querySelector('script[src="/-/preview.js"]');
      var olds = sheets(document);
      var news = sheets(now);
      if (!script || script.dataset.page !== shows.page || olds.length !== news.length) {
        location.reload();
        return;
      }
      olds.forEach(function (old, number) {
        replace(old, news[number].getAttribute("href"));
      });
      shows.styles = script.dataset.styles;
      shows.generation = script.dataset.generation;
      host._livereload.analyze();
    });
  }

  // The old sheet stays until the new one is there: the page is never without styles.
  function replace(old, href) {
    if (old.getAttribute("href") === href) return;
    var link = old.cloneNode(false);
    link.href = href;
    link.addEventListener("load", function () { old.remove(); });
    link.addEventListener("error", function () { link.remove(); });
    old.after(link);
  }

  // ------------------------------------------------------------ problems

  var box = null;
  var root = null;
  var closed = "";

  function fetchProblems() {
    var asked = "/-/problems?lang=" + encodeURIComponent(document.documentElement.lang);
    fetch(asked, {cache: "no-store"}).then(function (answer) {
      return answer.json();
    }).then(function (said) {
      if (said.turn < newest) return;
      newest = said.turn;
      show(said);
    });
  }

  function make(name, parent, attributes, text) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text !== undefined) made.textContent = text;
    parent.append(made);
    return made;
  }

  function show(said) {
    if (box) box.remove();
    box = root = null;
    if (!said.failure && !said.problems.length) return;
    box = make("timeline-gen-problems", document.documentElement);
    root = box.attachShadow({mode: "open"});
    make("link", root, {rel: "stylesheet", href: "/-/preview.css"});
    var severe = said.errors || said.failure;
    var key = JSON.stringify([said.failure, said.problems]);
    if (severe ? closed === key : closed !== "open") badge(said, key);
    else sheet(said, severe, key);
  }

  function badge(said, key) {
    var looks = {"class": "badge", type: "button", lang: said.lang, dir: said.dir};
    make("button", root, looks, said.title).addEventListener("click", function () {
      closed = "open";
      root.querySelector(".badge").remove();
      sheet(said, said.failure || said.problems[0].level === "error", key);
    });
  }

  function sheet(said, severe, key) {
    var section = make("section", root, {
      "class": severe ? "sheet" : "sheet mild", role: "alert", lang: said.lang, dir: said.dir, "aria-labelledby": "title"
    });
    var head = make("header", section);
    make("h2", head, {id: "title"}, said.title);
    make("button", head, {type: "button"}, said.close).addEventListener("click", function () {
      closed = severe ? key : "";
      section.remove();
      badge(said, key);
    });
    if (said.failure) {
      make("p", section, {"class": "message"}, said.failure);
      if (said.hint) make("p", section, {"class": "hint"}, said.hint);
    }
    var list = make("ol", section);
    said.problems.forEach(function (one) { describe(one, list); });
    said.omitted.forEach(function (words) { make("p", section, {"class": "hint"}, words); });
  }

  function describe(one, list) {
    var item = make("li", list, {"class": one.level});
    var head = make("p", item, {"class": "place", dir: "ltr"});
    place(one, head);
    make("span", head, {"class": "code"}, " " + one.code + (one.note ? " (" + one.note + ")" : ""));
    make("p", item, {"class": "message"}, one.message);
    if (one.hint) make("p", item, {"class": "hint"}, one.hint);
    one.related.forEach(function (other) { place(other, make("p", item, {"class": "place", dir: "ltr"})); });
    if (!one.lines.length) return;
    var source = make("pre", item);
    one.lines.forEach(function (line, number) {
      var here = one.first + number === one.line;
      make("span", source, {"class": here ? "here" : "", dir: "auto"}, line || " ");
    });
  }

  function place(one, parent) {
    if (one.link) make("a", parent, {href: one.link}, one.place);
    else make("bdi", parent, {dir: "ltr"}, one.place);
  }

  // ------------------------------------------------------------ connection

  var script = document.createElement("script");
  script.src = location.origin + "/livereload.js?host=" + location.hostname + "&port=" +
    (location.port || "80") + "&mindelay=100&maxdelay=1000";
  document.head.append(script);
})();

// The search of whole texts, where a site has one. Pagefind finds articles by the barest form of each word;
// what it finds is held to the same folding as all else, and the words around are shown.
// It needs what pages opened from a folder may not do: there the search goes without it.
(function () {
  "use strict";
  var view = window.timelineView;
  var form = document.querySelector("form.finder[data-texts]");
  if (!view || !form || location.protocol === "file:") return;

  var MOST = 30, AT_ONCE = 10, TRIED = 100, AROUND = 90;
  var WORD = /[\p{L}\p{N}\p{M}_\u0640]+/gu;

  var engine = null;
  var pages = {};

  function open() {
    var address = new URL(form.getAttribute("data-texts") + "pagefind.js", location.href).href;
    if (!engine)
      engine = import(address).then(function (found) {
        return found.init().then(function () {
          return found;
        });
      });
    return engine;
  }

  // The addresses of the articles whose texts hold all the words, the best first.
  view.searchTexts = function (query) {
    var words = view.wanted(query);
    if (!words.length) return Promise.resolve([]);
    return open()
      .then(function (found) {
        return Promise.all(
          queries(words).map(function (one) {
            return found.search(one);
          })
        );
      })
      .then(function (answers) {
        var results = {};
        answers.forEach(function (answer) {
          answer.results.slice(0, TRIED).forEach(function (result) {
            results[result.id] = results[result.id] || result;
          });
        });
        return sift(Object.values(results), words, []);
      })
      .catch(function () {
        return [];
      });
  };

  // The words as they are typed, and their barest forms: a first letter may be joined or a part of the word.
  function queries(words) {
    var typed = words.map(function (term) {
      return term.forms[0];
    });
    var barest = words.map(function (term) {
      return term.forms[term.forms.length - 1];
    });
    return Array.from(new Set([barest.join(" "), typed.join(" ")]));
  }

  function sift(results, words, found) {
    if (!results.length || found.length >= MOST) return found;
    var some = results.slice(0, AT_ONCE).map(function (result) {
      return result.data();
    });
    return Promise.all(some).then(function (texts) {
      texts.forEach(function (text) {
        var held = (text.raw_content || text.content).match(WORD) || [];
        var all = words.every(function (term) {
          return held.some(function (word) {
            return term.fits(word);
          });
        });
        if (all) found.push((text.raw_url || text.url).replace(/^\//, ""));
      });
      return sift(results.slice(AT_ONCE), words, found);
    });
  }

  // ------------------------------------------------------------ the words around

  function textOf(href) {
    if (!pages[href])
      pages[href] = fetch(href)
        .then(function (answer) {
          return answer.text();
        })
        .then(function (html) {
          var prose = new DOMParser().parseFromString(html, "text/html").querySelector(".prose");
          return prose ? prose.textContent.replace(/\s+/g, " ").trim() : "";
        });
    return pages[href];
  }

  // A paragraph with what *query* finds in the article at *href*; null where only the title holds it.
  view.around = function (href, query) {
    var words = view.wanted(query);
    return textOf(href)
      .then(function (text) {
        return excerpt(text, words);
      })
      .catch(function () {
        return null;
      });
  };

  function excerpt(text, words) {
    var marks = view.marks(text, words);
    if (!marks.length) return null;
    var begin = Math.max(marks[0][0] - AROUND, 0), end = Math.min(marks[0][1] + AROUND, text.length);
    if (begin) begin = text.indexOf(" ", begin) + 1;
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), marks[0][1]);
    var line = document.createElement("p"), at = begin;
    line.className = "around";
    line.append(begin ? "… " : "");
    marks.forEach(function (pair) {
      if (pair[1] > end) return;
      var mark = document.createElement("mark");
      mark.textContent = text.slice(pair[0], pair[1]);
      line.append(text.slice(at, pair[0]), mark);
      at = pair[1];
    });
    line.append(text.slice(at, end), end < text.length ? " …" : "");
    return line;
  }

  form.addEventListener("focusin", function () {
    open().catch(function () {});
  });
  if (view.data()) view.again();
})();

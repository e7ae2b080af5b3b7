// The search of the documentation is on the page of its timeline: a form on every page leads there, with what is typed.
(function () {
  "use strict";
  var form = document.querySelector("form.seek"), finder = document.querySelector("form.finder");
  // Who comes with a question sees the answers first, and the axis above them on demand.
  if (finder && /[#&]q=/.test(location.hash)) addEventListener("load", function () { finder.scrollIntoView(); });
  if (!form) return;
  form.hidden = false;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    location.href = form.getAttribute("action") + (location.protocol === "file:" ? "index.html" : "") + "#q=" + encodeURIComponent(form.elements.q.value);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
    event.preventDefault();
    form.elements.q.focus();
  });
})();

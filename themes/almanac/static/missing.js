// The address begins with a language: show only that language's part of the page.
(function () {
  "use strict";
  var parts = document.querySelectorAll("section[data-home]");
  var path = location.pathname;
  var here = Array.prototype.filter.call(parts, function (part) {
    return path.indexOf(part.getAttribute("data-home")) === 0;
  })[0];
  if (!here) return;
  Array.prototype.forEach.call(parts, function (part) {
    part.hidden = part !== here;
  });
  document.documentElement.lang = here.lang;
  document.documentElement.dir = here.dir;
  document.title = here.querySelector("h2").textContent;
})();

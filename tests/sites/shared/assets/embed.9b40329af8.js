// Tells the page around the frame how high this one is: the script of the snippet gives the frame that height.
(function () {
  "use strict";
  if (window.parent === window) return;
  new ResizeObserver(function () {
    var height = Math.ceil(document.body.getBoundingClientRect().height);
    window.parent.postMessage({ timelineHeight: height + 4 }, "*");
  }).observe(document.body);
})();

// What helps a reader of one event: the events before and after by arrow keys and swipe, and to share it. What is
// shared is the page's own address, and nothing asks another host.
(function () {
  "use strict";
  var rtl = document.documentElement.dir === "rtl";
  var doors = { before: document.querySelector('.neighbours a[rel="prev"]'), after: document.querySelector('.neighbours a[rel="next"]') };

  // Time runs as the lines do: what came before is where they begin.
  function towards(right) {
    return doors[right === rtl ? "before" : "after"];
  }

  if (doors.before) doors.before.setAttribute("aria-keyshortcuts", rtl ? "ArrowRight" : "ArrowLeft");
  if (doors.after) doors.after.setAttribute("aria-keyshortcuts", rtl ? "ArrowLeft" : "ArrowRight");

  // Whether keys and fingers have something else to do there: to write, to play, to scroll.
  function busy(target) {
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth) return true;
    for (var one = target; one && one !== document.body && one.nodeType === 1; one = one.parentNode) {
      if (one.matches("input, textarea, select, audio, video, iframe, [contenteditable]")) return true;
      if (one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX)) return true;
    }
    return false;
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if ((event.key !== "ArrowLeft" && event.key !== "ArrowRight") || busy(event.target)) return;
    var door = towards(event.key === "ArrowRight");
    if (!door) return;
    event.preventDefault();
    location.href = door.href;
  });

  // ------------------------------------------------------------ a swipe draws the next page in

  var EDGE = 24, FAR = 70, LONG = 700;
  var begun = null;

  document.addEventListener("touchstart", function (event) {
    var touch = event.touches[0], zoomed = window.visualViewport && window.visualViewport.scale > 1.01;
    // The edges are the browser's own.
    var inside = touch.clientX > EDGE && touch.clientX < window.innerWidth - EDGE;
    begun = event.touches.length === 1 && inside && !zoomed && !busy(event.target) ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : null;
  }, { passive: true });

  document.addEventListener("touchend", function (event) {
    var start = begun, touch = event.changedTouches[0];
    begun = null;
    if (!start || event.touches.length || event.timeStamp - start.at > LONG || String(getSelection())) return;
    var x = touch.clientX - start.x, y = touch.clientY - start.y;
    if (Math.abs(x) < FAR || Math.abs(x) < 2 * Math.abs(y)) return;
    var door = towards(x < 0);
    if (door) location.href = door.href;
  }, { passive: true });

  document.addEventListener("touchcancel", function () {
    begun = null;
  }, { passive: true });

  // ------------------------------------------------------------ to share

  var box = document.querySelector(".share");
  if (!box) return;
  var address = document.querySelector('link[rel="canonical"]').href;
  var said = box.querySelector('[role="status"]');
  var citation = document.querySelector(".citation");

  function plain(element) {
    return element.textContent.replace(/\s+/g, " ").trim();
  }

  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text).catch(function () { return copyOldWay(text); });
    return copyOldWay(text);
  }

  function copyOldWay(text) {
    var field = document.createElement("textarea"), focused = document.activeElement;
    field.value = text;
    field.className = "unseen";
    box.appendChild(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    if (focused) focused.focus();
    return done ? Promise.resolve() : Promise.reject(new Error("not copied"));
  }

  var deeds = {
    share: navigator.share && function () {
      return navigator.share({ title: document.title, url: address });
    },
    link: function () {
      return copy(address).then(tell);
    },
    citation: citation && function () {
      return copy(plain(citation)).then(tell);
    },
  };

  function tell() {
    said.textContent = box.dataset.done;
  }

  box.querySelectorAll("button").forEach(function (button) {
    var deed = deeds[button.dataset.do];
    button.hidden = !deed;
    button.addEventListener("click", function () {
      said.textContent = "";
      // To leave the list of what one can share with is no fault.
      deed().catch(function () {});
    });
  });
  box.hidden = false;
})();

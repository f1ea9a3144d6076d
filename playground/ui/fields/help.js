// What a field is for, said beside it while the pointer rests on its label or the Tab key has come to it.

const REST = 350; // milliseconds that the pointer rests first
const AIR = 8; // pixels between the words and the field
let wasTab = false;

document.addEventListener("keydown", (event) => (wasTab = event.key === "Tab"), true);
document.addEventListener("pointerdown", () => (wasTab = false), true);

// Words over everything else, so that nothing moves.
function helpFor(place, label, told) {
  let timer = 0;
  let words = null;
  const show = () => {
    if (words || !told()) return;
    words = document.createElement("div");
    words.className = "words";
    words.popover = "manual";
    words.textContent = told();
    place.closest(".fields").append(words);
    words.showPopover();
    const box = place.getBoundingClientRect();
    const isRoom = window.innerWidth - box.right > words.offsetWidth + 2 * AIR;
    const top = isRoom ? box.top : box.top - words.offsetHeight - AIR;
    words.style.left = (isRoom ? box.right + AIR : Math.max(AIR, Math.min(box.left, window.innerWidth - words.offsetWidth - AIR))) + "px";
    words.style.top = (top > AIR ? Math.min(top, window.innerHeight - words.offsetHeight - AIR) : isRoom ? AIR : box.bottom + AIR) + "px";
  };
  const hide = () => {
    clearTimeout(timer);
    words?.remove();
    words = null;
  };
  label.addEventListener("pointerenter", (event) => (timer = setTimeout(show, event.pointerType === "mouse" ? REST : 0)));
  label.addEventListener("pointerleave", hide);
  place.addEventListener("focusin", () => wasTab && show());
  place.addEventListener("focusout", hide);
  place.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  return hide;
}

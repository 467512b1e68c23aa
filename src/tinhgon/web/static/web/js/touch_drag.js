// Kéo bằng ngón tay: giữ yên một nhịp trên thẻ rồi kéo. Trình duyệt không có (hay mỗi máy một kiểu) sự kiện kéo thả cho màn hình chạm,
// nên đây nghe con trỏ chạm và bút; chuột vẫn dùng kéo thả của trình duyệt. Vuốt ngay thì vẫn là cuộn trang.
const HOLD = 350;
const STILL = 10;
const EDGE = 56;
const FASTEST = 10; // điểm ảnh mỗi khung hình

// gần mép trên, mép dưới thì cuộn, càng sát mép càng nhanh: thẻ ở mép vẫn đặt lên được
function pull(y) {
  const deep = Math.max(EDGE - y, 0) - Math.max(y - (innerHeight - EDGE), 0);
  return (-deep / EDGE) * FASTEST;
}

export function touchDrag(root, { begin, over, drop, end }) {
  let held = null; // {id, node, x, y, timer, ghost, moved}

  function start() {
    const name = begin(held.node);
    if (name === null) return forget();
    held.ghost = document.createElement("div");
    held.ghost.className = "drag-ghost";
    held.ghost.textContent = name;
    document.body.append(held.ghost);
    navigator.vibrate?.(15);
    follow();
  }

  function follow() {
    if (!held?.ghost) return;
    held.ghost.style.translate = `${held.x}px ${held.y}px`;
    if (held.moved) scrollBy({ top: pull(held.y), behavior: "instant" }); // trang cuộn êm (scroll-behavior) thì mỗi khung hình một lần là giật
    over(document.elementFromPoint(held.x, held.y));
    held.frame = requestAnimationFrame(follow);
  }

  function forget() {
    if (!held) return;
    clearTimeout(held.timer);
    cancelAnimationFrame(held.frame);
    if (held.ghost) {
      held.ghost.remove();
      end();
    }
    held = null;
  }

  // buông tay không phải là bấm: ô đánh dấu của thẻ giữ nguyên
  function swallowClick() {
    const swallow = (event) => event.preventDefault();
    root.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => root.removeEventListener("click", swallow, { capture: true }), 300);
  }

  root.addEventListener("pointerdown", (event) => {
    if (held) return forget(); // ngón thứ hai: phóng to, không phải kéo
    if (event.pointerType === "mouse" || event.target.closest("a, input, button, summary")) return;
    held = { id: event.pointerId, node: event.target, x: event.clientX, y: event.clientY, timer: setTimeout(start, HOLD) };
  });
  addEventListener("pointermove", (event) => {
    if (held?.id !== event.pointerId) return;
    const moved = Math.hypot(event.clientX - held.x, event.clientY - held.y);
    if (!held.ghost && moved > STILL) return forget();
    if (held.ghost) Object.assign(held, { x: event.clientX, y: event.clientY, moved: held.moved || moved > STILL });
  });
  addEventListener("pointerup", (event) => {
    if (held?.id !== event.pointerId) return;
    const at = held.ghost && document.elementFromPoint(event.clientX, event.clientY);
    if (at) {
      swallowClick();
      drop(at);
    }
    forget();
  });
  addEventListener("pointercancel", forget);
  root.addEventListener("touchmove", (event) => held?.ghost && event.preventDefault(), { passive: false });
  root.addEventListener("contextmenu", (event) => held && event.preventDefault());
  root.addEventListener("dragstart", (event) => {
    if (held) event.preventDefault(); // Android bắt đầu kéo thả riêng khi giữ ngón tay
  });
}

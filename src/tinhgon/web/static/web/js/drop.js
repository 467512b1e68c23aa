// Thả hay chọn nhiều tệp: gửi từng nắm nhỏ, nói đang tới đâu, tệp nào không nhận; xong thì mở khay với tiến độ đọc.
// Không có mã này thì biểu mẫu vẫn gửi được như thường.
const MOST_FILES = 20;
const MOST_BYTES = 64 * 1024 * 1024;

function* handfuls(files) {
  let hand = [];
  let size = 0;
  for (const file of files) {
    if (hand.length && (hand.length >= MOST_FILES || size + file.size > MOST_BYTES)) {
      yield hand;
      hand = [];
      size = 0;
    }
    hand.push(file);
    size += file.size;
  }
  if (hand.length) yield hand;
}

async function sent(form, hand, batch) {
  const body = new FormData(form);
  body.delete("files");
  hand.forEach((file) => body.append("files", file));
  if (batch) body.set("batch", batch);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  const told = await answer.json();
  return answer.ok ? told : { arrived: 0, refused: told.sentences.map((why) => ["", why]), stop: answer.status === 422 };
}

async function send(form, files) {
  const told = form.querySelector("[data-drop-told]");
  const [bar, line, list] = [told.querySelector("progress"), told.querySelector("p"), told.querySelector("ul")];
  const say = (name, why) => list.append(Object.assign(document.createElement("li"), { textContent: name ? `${name}: ${why}` : why }));
  told.hidden = false;
  list.replaceChildren();
  bar.max = files.length;
  let [done, arrived, batch, refused] = [0, 0, "", 0];
  try {
    for (const hand of handfuls(files)) {
      line.textContent = `${form.dataset.sending} ${done + hand.length}/${files.length}`;
      const answer = await sent(form, hand, batch);
      batch = answer.batch ?? batch;
      arrived += answer.arrived;
      refused += answer.refused.length;
      answer.refused.forEach(([name, why]) => say(name, why));
      done += hand.length;
      bar.value = done;
      if (answer.stop) break;
    }
  } catch {
    say("", `${form.dataset.broken} ${files.length - done}`);
    refused += 1;
  }
  line.textContent = "";
  const input = form.querySelector("[type=file]");
  input.value = "";
  input.dispatchEvent(new Event("change"));
  if (!arrived) return;
  const address = `${location.pathname}?dot=${batch}`;
  if (!refused) location.assign(address);
  else {
    const onward = Object.assign(document.createElement("a"), { href: address, textContent: form.querySelector("button").dataset.onward ?? "→" });
    line.append(`${form.dataset.took} ${arrived}. `, onward);
  }
}

for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("[type=file]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.files.length) send(form, [...input.files]);
    else input.click();
  });
  for (const type of ["dragenter", "dragover"]) {
    addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.classList.add("is-over");
    });
  }
  addEventListener("dragleave", (event) => event.relatedTarget || form.classList.remove("is-over"));
  addEventListener("drop", (event) => {
    form.classList.remove("is-over");
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    send(form, [...event.dataTransfer.files]);
  });
}

// Shows a button that opens the browser's print dialogue; without it there is the browser's menu.
const button = document.querySelector("[data-print]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

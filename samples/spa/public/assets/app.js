// Every path is this one page, which shows what belongs to the path.
const pages = { "/": "Hello from a single page", "/about": "All paths are one file" };

function show() {
  document.querySelector("main").textContent = pages[location.pathname] ?? `There is no ${location.pathname}`;
}

document.addEventListener("click", (event) => {
  if (event.target.matches("a")) {
    event.preventDefault();
    history.pushState(null, "", event.target.href);
    show();
  }
});
addEventListener("popstate", show);
show();

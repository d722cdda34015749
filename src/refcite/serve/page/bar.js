// The bar with links to the sections: the link to the visible section is marked.

const links = [...document.querySelectorAll("#bar a")];
const sections = links.map((link) => document.querySelector(link.hash));
let chosen = -1; // until the user scrolls: a short section may not reach the top
const bar = document.getElementById("bar");

for (const [index, link] of links.entries())
  link.addEventListener("click", (event) => {
    event.preventDefault();
    chosen = index;
    mark();
    sections[index].focus({ preventScroll: true });
    scrollTo(sections[index]);
  });

const STILL = 6;
const MOST = 60;

// The heights of entries that were never visible are estimates, which change while the page scrolls:
// it scrolls again until the position does not change in several frames.
function scrollTo(section, still = 0, frames = 0) {
  const before = window.scrollY;
  section.scrollIntoView({ block: "start", behavior: "instant" });
  const isStill = Math.abs(window.scrollY - before) < 2;
  if (frames < MOST && still < STILL)
    requestAnimationFrame(() => scrollTo(section, isStill ? still + 1 : 0, frames + 1));
}

const visible = new Set();

// The last section may be too short to reach the top.
const isAtEnd = () =>
  window.scrollY > 0 && window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2;

function mark() {
  const first = sections.findIndex((section) => visible.has(section));
  const current = chosen >= 0 ? chosen : isAtEnd() ? sections.length - 1 : first;
  for (const [index, link] of links.entries())
    if (index === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries)
      isIntersecting ? visible.add(target) : visible.delete(target);
    mark();
  },
  { rootMargin: "-20% 0px -60% 0px" },
);
for (const section of sections) observer.observe(section);
document.addEventListener("scrollend", mark);
for (const moved of ["wheel", "touchmove", "keydown", "mousedown"])
  document.addEventListener(moved, () => (chosen = -1), { passive: true });

// The height of the bar, so that a heading is not below it.
new ResizeObserver(() => {
  document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
}).observe(bar);

// The clipboard, and downloads.

export async function copyText(text) {
  await navigator.clipboard.writeText(text);
}

// navigator.clipboard would parse the HTML under this page's policy, which forbids the styles in it.
export async function copyRich(html, text) {
  const fill = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", text);
  };
  document.addEventListener("copy", fill, { once: true });
  const isCopied = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  if (!isCopied) throw new Error("the browser does not allow copying");
}

export function keep(contents, name) {
  const address = URL.createObjectURL(new Blob([contents], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

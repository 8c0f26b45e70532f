// Whatever has data-copy-of="ID" copies the text of the element of that id.
document.addEventListener('click', async event => {
    const button = event.target.closest('[data-copy-of]');
    const source = button && document.getElementById(button.dataset.copyOf);
    if (!source) return;
    // Selected as well: where a page may not write to the clipboard (plain HTTP from another machine), Ctrl+C is left.
    getSelection().selectAllChildren(source);
    try {
        await navigator.clipboard.writeText(source.textContent.trim());
        button.dataset.copied = '';
    } catch { /* It is selected. */ }
});

// What the server cannot do: scrolling, and keys.
window.neeto = {
    // Keeps the end in sight for as long as the reader is there.
    follow(view) {
        // Lines that come move the end away, which is no wish to stop there: only scrolling up is.
        let following = true, top = 0;
        view.addEventListener('scroll', () => {
            const atEnd = view.scrollHeight - view.scrollTop - view.clientHeight < 40;
            following = atEnd || (following && view.scrollTop >= top);
            top = view.scrollTop;
        }, { passive: true });
        new MutationObserver(() => { if (following) view.scrollTop = view.scrollHeight; }).observe(view, { childList: true, subtree: true, attributes: true });
    },
    // Brings the tab of the page that is shown into the middle of a bar that is wider than the window.
    reach(tabs) {
        const current = tabs?.querySelector('[aria-current]')?.getBoundingClientRect(), bar = tabs?.getBoundingClientRect();
        if (current) tabs.scrollLeft += current.left - bar.left - (bar.width - current.width) / 2;
    },
    // Another address for the page at this path, unless a click has left it before the server heard of it.
    replace(path, address) { if (location.pathname === path) Blazor.navigateTo(address, { replaceHistoryEntry: true }); },
    end(view) { view.scrollTop = view.scrollHeight; },
};

// A control plane that was restarted knows this page's circuit no more: load the page anew as soon as somebody answers.
(() => {
    let waiting = false;
    const lost = ['components-reconnect-failed', 'components-reconnect-rejected'];
    const reload = async () => {
        try {
            if ((await fetch(document.baseURI + 'sign-in', { cache: 'no-store' })).ok) {
                dispatchEvent(new Event('neeto:reload'));
                location.reload();
            }
        } catch { /* Not yet. */ }
    };
    new MutationObserver(() => {
        const modal = document.getElementById('components-reconnect-modal');
        if (waiting || !modal || !lost.some(name => modal.classList.contains(name))) return;
        waiting = true;
        reload();
        setInterval(reload, 1000);
    }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ['class'] });
})();

// Light, dark, or as the system: a cookie says it to the server, so that pages come in it.
document.addEventListener('click', event => {
    if (!event.target.closest('#theme')) return;
    const page = document.documentElement;
    const next = { undefined: 'light', light: 'dark', dark: '' }[page.dataset.theme];
    if (next) page.dataset.theme = next; else delete page.dataset.theme;
    document.cookie = `neeto-theme=${next}; path=${new URL(document.baseURI).pathname.slice(0, -1)}; max-age=${next ? 31536000 : 0}; samesite=lax`;
});

(() => {
    let last = '';
    document.addEventListener('keydown', event => {
        const typing = event.target.closest('input, textarea, select, [contenteditable]');
        // In a terminal, Escape is the program's.
        if (event.key === 'Escape' && typing && !typing.closest('.console')) typing.blur();
        if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === '/') {
            const search = document.getElementById('search');
            if (search) { search.focus(); search.select(); event.preventDefault(); }
        } else if (last === 'g' && event.key === 'h') {
            document.querySelector('header .brand')?.click();
        } else if (last === 'g' && /^[a-z]$/.test(event.key)) {
            document.querySelector(`nav.tabs a[data-key=${event.key}]`)?.click();
        } else if (event.key === '?') {
            document.getElementById('keys')?.showModal();
        }
        last = event.key;
    });
})();

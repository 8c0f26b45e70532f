// The terminal of a one-off dyno. Its bytes go over a WebSocket as they are; see ConsoleSession for what else is said there.
import { Terminal } from './xterm/xterm.mjs';
import { FitAddon } from './xterm/addon-fit.mjs';

const terminals = new WeakMap();
const leaving = event => event.preventDefault();

export function open(view) {
    const style = getComputedStyle(view);
    const terminal = new Terminal({
        fontFamily: style.getPropertyValue('--mono'), fontSize: 13, cursorBlink: true, scrollback: 10_000,
        theme: { background: style.backgroundColor, foreground: style.color },
    });
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.open(view);
    fit.fit();
    const state = { terminal, socket: null };
    const encoder = new TextEncoder();
    const send = bytes => { if (state.socket?.readyState === WebSocket.OPEN) state.socket.send(bytes); };
    terminal.onData(text => send(encoder.encode(text)));
    // Some mouse reports are bytes and no text.
    terminal.onBinary(text => send(Uint8Array.from(text, character => character.charCodeAt(0))));
    terminal.onResize(size => send(JSON.stringify({ columns: size.cols, lines: size.rows })));
    state.resizing = new ResizeObserver(() => fit.fit());
    state.resizing.observe(view);
    terminals.set(view, state);
}

export function start(view, page, path, command, size) {
    const state = terminals.get(view), { terminal } = state;
    const url = new URL(path, document.baseURI);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = state.socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    terminal.reset();
    terminal.focus();
    const tell = (...words) => page.invokeMethodAsync(...words).catch(() => { });
    let isOver = false;
    const end = (...words) => {
        if (isOver) return;
        isOver = true;
        removeEventListener('beforeunload', leaving);
        terminal.write('\r\n\x1b[0m\x1b[?1049l\x1b[?25l');
        terminal.blur();
        tell(...words);
    };
    socket.onopen = () => {
        socket.send(JSON.stringify({ command, size, columns: terminal.cols, lines: terminal.rows }));
        addEventListener('beforeunload', leaving);
    };
    socket.onmessage = ({ data }) => {
        if (typeof data !== 'string') {
            // The server writes on when this has been shown.
            terminal.write(new Uint8Array(data), () => {
                if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ taken: data.byteLength }));
            });
            return;
        }
        const word = JSON.parse(data);
        if (word.dyno) tell('Began', word.dyno);
        else if (word.error) end('Failed', word.error);
        else end('Ended', word.exit);
    };
    socket.onclose = () => end('Failed', 'The connection is lost, and the process has been stopped.');
}

// Hangs up, as a closed window does; how the process took it is still told.
export function stop(view) { terminals.get(view).socket?.send(JSON.stringify({ hangUp: true })); }

export function close(view) {
    const state = terminals.get(view);
    if (!state) return;
    terminals.delete(view);
    removeEventListener('beforeunload', leaving);
    state.resizing.disconnect();
    state.socket?.close();
    state.terminal.dispose();
}

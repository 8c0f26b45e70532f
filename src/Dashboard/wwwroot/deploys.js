// Packs what a person has chosen, and sends it to where a build will find it.
const block = 512;
const encoder = new TextEncoder();

export const hasFiles = input => sent(input).length > 0;

/** Answers { version, error }: an archive's name, and why nothing was sent. */
export async function upload(input, path, page) {
    try {
        const files = sent(input);
        const isFolder = input.webkitdirectory;
        if (isFolder)
            page.invokeMethodAsync('Report', `Packing ${files.length} ${files.length === 1 ? 'file' : 'files'}…`);
        const archive = isFolder ? await pack(files) : files[0];
        const refusal = await put(archive, path, done => page.invokeMethodAsync('Report', `Sent ${done} of ${megabytes(archive.size)} MB`));
        return { version: isFolder ? null : files[0].name, error: refusal };
    } catch (error) {
        // Such as a file that has been changed or removed since it was chosen.
        return { version: null, error: `It could not be read: ${error.message}` };
    }
}

const sent = input => [...(input?.files ?? [])].filter(file => !pathOf(file).split('/').some(step => step === '.git' || step === 'node_modules'));
const pathOf = file => file.webkitRelativePath || file.name;
const megabytes = bytes => (bytes / 1e6).toFixed(1);

/** A tar of files, compressed. The pieces stay where they are until they are read. */
async function pack(files) {
    const pieces = [];
    for (const file of files) {
        const path = pathOf(file);
        const name = encoder.encode(path);
        // What does not fit into a header has one of its own before it (POSIX.1-2001, pax Interchange Format).
        if (name.length > 100 || name.length !== path.length) {
            const record = paxRecord(name);
            pieces.push(header(encoder.encode('pax'), record.length, 0o644, 'x'), record, padding(record.length));
        }
        pieces.push(header(name.slice(0, 100), file.size, await modeOf(file), '0'), file, padding(file.size));
    }
    pieces.push(new Uint8Array(2 * block));
    return new Response(new Blob(pieces).stream().pipeThrough(new CompressionStream('gzip'))).blob();
}

/** Browsers do not tell which files are programs: those are that begin as one does. */
async function modeOf(file) {
    const [a, b, c, d] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
    const isScript = a === 0x23 && b === 0x21, isElf = a === 0x7f && b === 0x45 && c === 0x4c && d === 0x46;
    return isScript || isElf ? 0o755 : 0o644;
}

function header(name, size, mode, type) {
    const bytes = new Uint8Array(block);
    const put = (text, at) => bytes.set(encoder.encode(text), at);
    const octal = (number, digits) => number.toString(8).padStart(digits, '0');
    bytes.set(name);
    put(octal(mode, 7), 100);
    put(octal(0, 7), 108);
    put(octal(0, 7), 116);
    put(octal(size, 11), 124);
    put(octal(0, 11), 136);
    put('        ', 148);
    put(type, 156);
    put('ustar\u000000', 257);
    put(octal(bytes.reduce((sum, byte) => sum + byte, 0), 6) + '\u0000 ', 148);
    return bytes;
}

/** "LENGTH path=NAME\n", where the length counts itself. */
function paxRecord(name) {
    const rest = name.length + ' path=\n'.length;
    let length = rest + String(rest).length;
    length = rest + String(length).length;
    const bytes = new Uint8Array(length);
    bytes.set(encoder.encode(`${length} path=`));
    bytes.set(name, length - name.length - 1);
    bytes[length - 1] = 10;
    return bytes;
}

const padding = size => new Uint8Array((block - size % block) % block);

/** Null when it has arrived. */
function put(archive, path, report) {
    return new Promise(resolve => {
        const request = new XMLHttpRequest();
        let said = 0;
        request.open('PUT', path);
        request.upload.onprogress = event => {
            if (event.timeStamp - said < 250) return;
            said = event.timeStamp;
            report(megabytes(event.loaded));
        };
        request.onload = () => resolve(request.status === 200 ? null : reason(request));
        request.onerror = () => resolve('The connection was lost while it was sent. Try again.');
        request.send(archive);
    });
}

function reason(request) {
    try {
        return JSON.parse(request.responseText).message;
    } catch {
        return `It was refused with ${request.status}.`;
    }
}

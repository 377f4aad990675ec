package io.coxswain.http.stream;

import io.coxswain.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Header blocks of one SPDY session: name and value pairs, compressed with one zlib context for
/// each direction that lives as long as the session.
///
/// Compressing and expanding may be done by two threads, each by one at a time. A block that
/// expands to more than 64 KiB is refused.
final class SpdyHeaderBlocks implements AutoCloseable {

    static final int EXPANDED_BYTES_MAX = 64 * 1024;

    private final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    private final Inflater inflater = new Inflater();

    SpdyHeaderBlocks() {
        deflater.setDictionary(SpdyDictionary.BYTES);
    }

    byte[] compress(Headers headers) throws IOException {
        var plain = plain(headers);
        var out = new ByteArrayOutputStream();
        var buffer = new byte[1024];
        deflater.setInput(plain);
        int count;
        do {
            count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            out.write(buffer, 0, count);
        } while (count == buffer.length);
        return out.toByteArray();
    }

    private static byte[] plain(Headers headers) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(headers.asMap().size());
        for (var field : headers.asMap().entrySet()) {
            write(out, field.getKey());
            write(out, String.join("\0", field.getValue()));
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    Headers expand(byte[] block) throws IOException {
        return parse(inflate(block));
    }

    private byte[] inflate(byte[] block) throws SpdyException {
        var out = new ByteArrayOutputStream();
        var buffer = new byte[4096];
        inflater.setInput(block);
        try {
            while (true) {
                var count = inflater.inflate(buffer);
                out.write(buffer, 0, count);
                if (out.size() > EXPANDED_BYTES_MAX) {
                    throw new SpdyException("header block is too big");
                }
                if (inflater.needsDictionary()) {
                    inflater.setDictionary(SpdyDictionary.BYTES);
                } else if (count == 0) {
                    return out.toByteArray();
                }
            }
        } catch (DataFormatException | IllegalArgumentException malformed) {
            throw new SpdyException("header block cannot be expanded: " + malformed.getMessage());
        }
    }

    private static Headers parse(byte[] plain) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(plain));
        var headers = Headers.EMPTY;
        var count = readCount(in);
        for (var i = 0; i < count; i++) {
            var name = read(in);
            if (name.isEmpty() || !name.equals(name.toLowerCase(Locale.ROOT))) {
                throw new SpdyException("header name is not in lower case");
            }
            if (headers.first(name) != null) {
                throw new SpdyException("header comes twice: " + name);
            }
            for (var value : read(in).split("\0", -1)) {
                headers = headers.with(name, value);
            }
        }
        return headers;
    }

    private static String read(DataInputStream in) throws IOException {
        return new String(in.readNBytes(readCount(in)), StandardCharsets.UTF_8);
    }

    private static int readCount(DataInputStream in) throws IOException {
        if (in.available() < 4) {
            throw new SpdyException("header block is cut short");
        }
        var count = in.readInt();
        if (count < 0 || count > in.available()) {
            throw new SpdyException("header block is malformed");
        }
        return count;
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}

package io.coxswain.http.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The text that SPDY/3's header compression starts from, as the protocol draft gives it: words
/// with their lengths before them, then loose text.
final class SpdyDictionary {

    private static final String WORDS =
            """
            options head post put delete trace accept accept-charset accept-encoding \
            accept-language accept-ranges age allow authorization cache-control connection \
            content-base content-encoding content-language content-length content-location \
            content-md5 content-range content-type date etag expect expires from host if-match \
            if-modified-since if-none-match if-range if-unmodified-since last-modified location \
            max-forwards pragma proxy-authenticate proxy-authorization range referer retry-after \
            server te trailer transfer-encoding upgrade user-agent vary via warning \
            www-authenticate method get status\
            """;

    private static final String MORE_WORDS =
            "version HTTP/1.1 url public set-cookie keep-alive origin";

    private static final String LOOSE =
            """
            100101201202205206300302303304305306307402405406407408409410411412413414415416417502504\
            505203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request\
            401 Unauthorized403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented\
            503 Service UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, \
            Tue, Wed, Thu, Fri, Sat, Sun, GMTchunked,text/html,image/png,image/jpg,image/gif,\
            application/xml,application/xhtml+xml,text/plain,text/javascript,publicprivatemax-age=\
            gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.\
            """;

    static final byte[] BYTES = bytes();

    private SpdyDictionary() {}

    private static byte[] bytes() {
        var out = new ByteArrayOutputStream();
        for (var word : WORDS.split(" ")) {
            add(out, word);
        }
        add(out, "200 OK");
        for (var word : MORE_WORDS.split(" ")) {
            add(out, word);
        }
        out.writeBytes(LOOSE.getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static void add(ByteArrayOutputStream out, String word) {
        out.writeBytes(new byte[] {0, 0, 0, (byte) word.length()});
        out.writeBytes(word.getBytes(StandardCharsets.US_ASCII));
    }
}

package io.coxswain.http.stream;

import io.coxswain.http.Headers;
import java.io.IOException;
import java.util.function.BiFunction;

/// What a client sends to take over a connection, and how it judges the answer.
///
/// The caller sends `headers` with its request. On status 101, `protocol(headers)` is the
/// subprotocol the server chose (empty for none); any other status is for the caller to report.
public final class UpgradeOffer {

    private final Headers headers;
    private final BiFunction<Headers, UpgradeOffer, String> check;

    UpgradeOffer(Headers headers, BiFunction<Headers, UpgradeOffer, String> check) {
        this.headers = headers;
        this.check = check;
    }

    public Headers headers() {
        return headers;
    }

    /// The subprotocol of a 101 answer; throws when the answer does not fit what was asked.
    public String protocol(Headers answer) throws UpgradeRefused {
        try {
            return check.apply(answer, this);
        } catch (IllegalArgumentException misfit) {
            throw new UpgradeRefused(String.valueOf(misfit.getMessage()));
        }
    }

    /// The server answered 101 with something that was not asked for.
    public static final class UpgradeRefused extends IOException {
        UpgradeRefused(String message) {
            super(message);
        }
    }
}

package io.coxswain.apiserver;

import io.coxswain.http.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// What the parts of the server have to say about one request in its audit event. The first value
/// of a key stays; plugins may write from several threads.
public final class Annotations {

    /// How much of the request is written down.
    public enum Detail {
        NOTHING,
        WHAT_HAPPENED,
        BODIES
    }

    private static final int ID_LENGTH_MAX = 64;

    private @Nullable String auditId;
    private @Nullable Map<String, String> all;
    private @Nullable User impersonated;
    private volatile Detail detail = Detail.NOTHING;

    /// Whether anybody will read what takes effort to say.
    public boolean wanted() {
        return detail != Detail.NOTHING;
    }

    /// Whether what is said may show what is in an object.
    public boolean showsBodies() {
        return detail == Detail.BODIES;
    }

    /// Under which number the request is written down: the one it brings, or one that is made up.
    public synchronized String auditId(Request request) {
        if (auditId == null) {
            var given = request.header("audit-id");
            auditId =
                    given == null || given.isEmpty()
                            ? randomId()
                            : given.substring(0, Math.min(given.length(), ID_LENGTH_MAX));
        }
        return auditId;
    }

    /// Not a secret, so it may come from a generator that is fast.
    private static String randomId() {
        var random = ThreadLocalRandom.current();
        var high = (random.nextLong() & ~0xF000L) | 0x4000L;
        var low = (random.nextLong() & ~0xC000_0000_0000_0000L) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /// From now on this much is wanted.
    public void want(Detail much) {
        detail = much;
    }

    public synchronized void put(String key, String value) {
        if (all == null) {
            all = new HashMap<>();
        }
        all.putIfAbsent(key, value);
    }

    /// As they are now.
    public synchronized Map<String, String> all() {
        return all == null ? Map.of() : Map.copyOf(all);
    }

    /// The caller acts as somebody else from here on.
    public synchronized void impersonated(User user) {
        impersonated = user;
    }

    public synchronized @Nullable User impersonated() {
        return impersonated;
    }
}

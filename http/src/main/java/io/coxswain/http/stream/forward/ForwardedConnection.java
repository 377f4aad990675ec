package io.coxswain.http.stream.forward;

import io.coxswain.http.stream.HalfCloseable;
import org.jspecify.annotations.Nullable;

/// A connection that somebody else has made and forwards, and who can tell what went wrong with it.
public interface ForwardedConnection extends HalfCloseable {

    /// What went wrong at the server, or null. Waits until the server has ended the connection.
    @Nullable String failure();
}

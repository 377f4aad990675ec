package io.coxswain.bench.linear;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The API servers that histories are made with, and what they keep their objects in.
interface Site extends AutoCloseable {

    /// Where clients reach them.
    List<String> uris();

    /// How long a client waits for an answer.
    Duration patience();

    @Override
    void close() throws IOException;
}

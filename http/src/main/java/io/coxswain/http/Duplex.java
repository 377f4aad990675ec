package io.coxswain.http;

import java.io.InputStream;
import java.io.OutputStream;

/// A connection as two byte streams, blocking, one reader and one writer at a time.
public interface Duplex extends AutoCloseable {

    InputStream input();

    /// What is written here leaves on flush at the latest.
    OutputStream output();

    /// Closes both directions; a blocked reader or writer gets an exception.
    @Override
    void close();
}

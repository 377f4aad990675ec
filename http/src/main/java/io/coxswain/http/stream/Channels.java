package io.coxswain.http.stream;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/// Numbered byte streams that share one connection, whatever carries them. A channel that is not in
/// use reads as empty and swallows what is written to it.
public interface Channels {

    InputStream input(int channel);

    /// Closing it tells the peer, where the transport can.
    OutputStream output(int channel);

    /// Says goodbye, gives the peer some time to close, then closes.
    void finish(Duration grace);

    /// Closes the connection at once.
    void close();

    /// Runs `callback` once when the connection has ended, at once if it has.
    void onEnd(Runnable callback);
}

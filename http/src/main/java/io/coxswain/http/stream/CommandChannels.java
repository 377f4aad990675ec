package io.coxswain.http.stream;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/// The numbered byte streams of one remote command, whatever carries them. A channel that was not
/// asked for reads as empty and swallows what is written to it.
sealed interface CommandChannels permits ChannelSocket, SpdyChannels {

    int STDIN = 0;
    int STDOUT = 1;
    int STDERR = 2;
    int ERROR = 3;
    int RESIZE = 4;
    int COUNT = 5;

    InputStream input(int channel);

    /// Closing it tells the peer, where the transport can.
    OutputStream output(int channel);

    /// Says goodbye, gives the peer some time to close, then closes.
    void finish(Duration grace);

    /// Closes the connection at once.
    void close();

    void onEnd(Runnable callback);
}

package io.coxswain.http.stream;

import io.coxswain.http.Duplex;
import java.io.IOException;

/// A connection whose two directions can end one after the other, as those of TCP can.
public interface HalfCloseable extends Duplex {

    /// Tells the other end that nothing more will be written; reading goes on.
    void closeOutput() throws IOException;
}

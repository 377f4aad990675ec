package io.coxswain.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long a server lets a request take, and what it says instead when that was not enough.
///
/// A request that is not answered by then gets [#late]; what its handler brings later is thrown
/// away. A stream that is still going on is cut.
public interface Patience {

    Patience UNLIMITED =
            new Patience() {
                @Override
                public @Nullable Duration with(Request request) {
                    return null;
                }

                @Override
                public Response.Full late() {
                    return Response.text(504, "Gateway Timeout\n");
                }
            };

    /// Null for a request that may take as long as it likes. Asked only about those that take more
    /// than a moment.
    @Nullable Duration with(Request request);

    Response.Full late();
}

package io.coxswain.http.stream;

import io.coxswain.http.Headers;

/// A frame of SPDY/3.1. Frames of unknown types are never seen: they are skipped while reading.
sealed interface SpdyFrame {

    record SynStream(int streamId, boolean fin, boolean unidirectional, Headers headers)
            implements SpdyFrame {}

    record SynReply(int streamId, boolean fin, Headers headers) implements SpdyFrame {}

    record RstStream(int streamId, int status) implements SpdyFrame {}

    /// @param initialWindow the one setting that matters here; negative when it is not in the frame
    record Settings(int initialWindow) implements SpdyFrame {}

    record Ping(int id) implements SpdyFrame {}

    record GoAway(int lastStreamId, int status) implements SpdyFrame {}

    record MoreHeaders(int streamId, boolean fin, Headers headers) implements SpdyFrame {}

    /// Credit for a stream, or for the session when the id is 0.
    record WindowUpdate(int streamId, int delta) implements SpdyFrame {}

    record Data(int streamId, boolean fin, byte[] bytes) implements SpdyFrame {}

    int PROTOCOL_ERROR = 1;
    int INVALID_STREAM = 2;
    int REFUSED_STREAM = 3;
    int CANCEL = 5;
    int FLOW_CONTROL_ERROR = 7;
    int STREAM_ALREADY_CLOSED = 9;
}

package io.coxswain.http;

/// What became of a request to take over the connection.
public sealed interface Upgrade {

    /// `101 Switching Protocols`: the connection is the caller's, to be closed by it.
    record Accepted(Headers headers, Duplex connection) implements Upgrade {}

    /// Any other answer. The connection it came on is gone.
    record Refused(Response.Full response) implements Upgrade {}
}

/// HTTP for blocking code on virtual threads: server, client, and a client that calls a handler
/// directly. The only module that touches Netty, and no Netty type appears in its API.
///
/// A [Handler] takes a [Request] and returns a [Response]; filters are handlers that call the next.
/// [Transport] is the same exchange seen from a client. Streams and upgrades block the virtual
/// thread that writes to them, which is how back-pressure reaches the code that produces.
@NullMarked
package io.coxswain.http;

import org.jspecify.annotations.NullMarked;

/// How HTTP is spoken, over Netty. Not for other modules: [io.coxswain.http.HttpServer] and
/// [io.coxswain.http.HttpClient] are the ways in.
///
/// A server connection is an `Http1Server` or an `Http2Server`; each turns what arrives into a
/// [ServerExchange], which runs the handler on a virtual thread and answers through the [Outbound]
/// of its connection or stream. A client connection is an `Http1Client` or an `Http2Client` in a
/// `ClientPool`. Code in this package runs on the connection's event loop unless it says otherwise.
@NullMarked
package io.coxswain.http.netty;

import org.jspecify.annotations.NullMarked;

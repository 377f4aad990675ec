/// DNS as a server sees it: [DnsServer] takes a question off the wire (UDP or TCP) and gives it to
/// a [DnsHandler], which answers with a [DnsReply] of plain records.
///
/// What cluster DNS answers is decided in module `network`; here is only the wire format, the
/// limits of a datagram and the handling of malformed messages.
@NullMarked
package io.coxswain.http.dns;

import org.jspecify.annotations.NullMarked;

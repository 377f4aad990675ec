package io.coxswain.http.dns;

import java.net.InetSocketAddress;

/// What a client asks.
///
/// @param name in lower case, with a dot at its end
/// @param typeCode the type as a number, for those that [DnsType] does not tell apart
/// @param from who asks
public record DnsQuestion(String name, DnsType type, int typeCode, InetSocketAddress from) {}

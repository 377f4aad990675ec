package io.coxswain.http.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;

/// One record. Names may be given with or without the dot at their end.
public sealed interface DnsAnswer {

    String name();

    int ttl();

    /// An IPv4 address.
    record A(String name, int ttl, Inet4Address address) implements DnsAnswer {}

    /// An IPv6 address.
    record Aaaa(String name, int ttl, Inet6Address address) implements DnsAnswer {}

    /// A name server.
    record Ns(String name, int ttl, String target) implements DnsAnswer {}

    /// Another name for the same.
    record Cname(String name, int ttl, String target) implements DnsAnswer {}

    /// The name that belongs to an address.
    record Ptr(String name, int ttl, String target) implements DnsAnswer {}

    /// Where a service is.
    record Srv(String name, int ttl, int priority, int weight, int port, String target)
            implements DnsAnswer {}

    /// Texts of at most 255 bytes.
    record Txt(String name, int ttl, List<String> texts) implements DnsAnswer {}

    /// Who is responsible for a zone, and how long its absences may be remembered.
    record Soa(String name, int ttl, String server, String mailbox, Times times)
            implements DnsAnswer {

        /// All in seconds but the serial.
        public record Times(int serial, int refresh, int retry, int expire, int minimum) {}
    }

    /// A record whose data is passed on as it is.
    record Raw(String name, int ttl, int type, byte[] data) implements DnsAnswer {}
}

package io.coxswain.http.dns;

/// The kinds of records that are told apart here; every other is [#OTHER].
public enum DnsType {
    A(1),
    NS(2),
    CNAME(5),
    SOA(6),
    PTR(12),
    MX(15),
    TXT(16),
    AAAA(28),
    SRV(33),
    ANY(255),
    OTHER(-1);

    private final int code;

    DnsType(int code) {
        this.code = code;
    }

    /// The number on the wire.
    int code() {
        return code;
    }

    static DnsType of(int code) {
        for (var type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return OTHER;
    }
}

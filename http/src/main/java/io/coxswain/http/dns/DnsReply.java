package io.coxswain.http.dns;

import java.util.List;

/// What a question is answered with.
///
/// @param authoritative whether it comes from who is responsible for the name
public record DnsReply(
        Code code,
        boolean authoritative,
        List<DnsAnswer> answers,
        List<DnsAnswer> authority,
        List<DnsAnswer> additional) {

    /// The outcome.
    public enum Code {
        NO_ERROR(0),
        MALFORMED(1),
        SERVER_FAILURE(2),
        NO_SUCH_NAME(3),
        NOT_IMPLEMENTED(4),
        REFUSED(5);

        private final int number;

        Code(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /// An authoritative answer; without answers it means that there are no records of this type.
    public static DnsReply of(List<DnsAnswer> answers) {
        return new DnsReply(Code.NO_ERROR, true, answers, List.of(), List.of());
    }

    public static DnsReply failed(Code code) {
        return new DnsReply(code, false, List.of(), List.of(), List.of());
    }

    /// There is no such name; `zone` says for how long that may be believed.
    public static DnsReply noSuchName(DnsAnswer.Soa zone) {
        return new DnsReply(Code.NO_SUCH_NAME, true, List.of(), List.of(zone), List.of());
    }

    public DnsReply withAuthority(DnsAnswer... others) {
        return new DnsReply(code, authoritative, answers, List.of(others), additional);
    }

    public DnsReply withAdditional(List<DnsAnswer> others) {
        return new DnsReply(code, authoritative, answers, authority, others);
    }
}

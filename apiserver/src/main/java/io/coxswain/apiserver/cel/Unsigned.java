package io.coxswain.apiserver.cel;

/// An unsigned number of 64 bits.
public record Unsigned(long bits) implements Comparable<Unsigned> {

    @Override
    public int compareTo(Unsigned other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    public double real() {
        var half = (double) (bits >>> 1) * 2;
        return half + (bits & 1);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}

package io.coxswain.apiserver.cel;

import io.coxswain.api.schema.Schema.ListType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The declared type of a variable, with the sizes its values are known not to exceed: what an
/// expression is checked against, how a tree is read at run time, and how dear it may become.
public sealed interface DeclType {

    /// A size nobody has limited.
    long UNKNOWN_SIZE = Long.MAX_VALUE;

    DeclType BOOL = new Plain(Kind.BOOL, UNKNOWN_SIZE);
    DeclType INT = new Plain(Kind.INT, UNKNOWN_SIZE);
    DeclType UINT = new Plain(Kind.UINT, UNKNOWN_SIZE);
    DeclType DOUBLE = new Plain(Kind.DOUBLE, UNKNOWN_SIZE);
    DeclType STRING = new Plain(Kind.STRING, UNKNOWN_SIZE);
    DeclType BYTES = new Plain(Kind.BYTES, UNKNOWN_SIZE);
    DeclType TIMESTAMP = new Plain(Kind.TIMESTAMP, UNKNOWN_SIZE);
    DeclType DURATION = new Plain(Kind.DURATION, UNKNOWN_SIZE);
    DeclType NULL = new Plain(Kind.NULL, UNKNOWN_SIZE);
    DeclType DYN = new Plain(Kind.DYN, UNKNOWN_SIZE);

    /// The types without parts.
    enum Kind {
        BOOL,
        INT,
        UINT,
        DOUBLE,
        STRING,
        BYTES,
        TIMESTAMP,
        DURATION,
        NULL,
        DYN
    }

    /// @param maxSize of a string in characters, of bytes in bytes, of anything else without meaning
    record Plain(Kind kind, long maxSize) implements DeclType {

        @Override
        public DeclType max(long size) {
            return new Plain(kind, size);
        }
    }

    /// @param listType decides when two lists are equal
    /// @param keys of a list of type MAP
    record ListOf(DeclType item, long maxSize, ListType listType, List<String> keys)
            implements DeclType {

        public ListOf(DeclType item, long maxSize) {
            this(item, maxSize, ListType.ATOMIC, List.of());
        }

        @Override
        public DeclType max(long size) {
            return new ListOf(item, size, listType, keys);
        }
    }

    record MapOf(DeclType key, DeclType value, long maxSize) implements DeclType {

        @Override
        public DeclType max(long size) {
            return new MapOf(key, value, size);
        }
    }

    /// An object with known fields.
    ///
    /// @param name unique within an environment
    /// @param fields by the name they have in expressions, see [FieldNames]
    record ObjectOf(String name, Map<String, Field> fields) implements DeclType {

        public @Nullable Field field(String celName) {
            return fields.get(celName);
        }

        @Override
        public DeclType max(long size) {
            return this;
        }
    }

    /// @param jsonName as it stands in the tree
    record Field(String jsonName, DeclType type) {}

    record OptionalOf(DeclType type) implements DeclType {

        @Override
        public DeclType max(long size) {
            return this;
        }
    }

    /// A type with functions only, like `kubernetes.authorization.Authorizer`.
    record Opaque(String name) implements DeclType {

        @Override
        public DeclType max(long size) {
            return this;
        }
    }

    /// This type with a limit on its size, where it has one.
    DeclType max(long size);
}

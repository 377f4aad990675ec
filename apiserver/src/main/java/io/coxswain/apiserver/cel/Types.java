package io.coxswain.apiserver.cel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Our declared types as those of the type checker, and back. Objects are looked into when the
/// checker does.
@SuppressWarnings("Immutable") // What it knows only grows, and the checker never compares it.
final class Types implements CelTypeProvider {

    private final ConcurrentMap<String, StructType> structs = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, DeclType.ObjectOf> objects = new ConcurrentHashMap<>();

    @Override
    public ImmutableList<CelType> types() {
        return ImmutableList.of();
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(structs.get(name));
    }

    CelType of(DeclType type) {
        return switch (type) {
            case DeclType.Plain(var kind, var _) -> plain(kind);
            case DeclType.ListOf list -> ListType.create(of(list.item()));
            case DeclType.MapOf map -> MapType.create(of(map.key()), of(map.value()));
            case DeclType.OptionalOf(var inner) -> OptionalType.create(of(inner));
            case DeclType.Opaque(var name) -> OpaqueType.create(name);
            case DeclType.ObjectOf object -> struct(object);
        };
    }

    DeclType back(CelType type) {
        return switch (type.kind()) {
            case BOOL -> DeclType.BOOL;
            case INT -> DeclType.INT;
            case UINT -> DeclType.UINT;
            case DOUBLE -> DeclType.DOUBLE;
            case STRING -> DeclType.STRING;
            case BYTES -> DeclType.BYTES;
            case TIMESTAMP -> DeclType.TIMESTAMP;
            case DURATION -> DeclType.DURATION;
            case NULL_TYPE -> DeclType.NULL;
            case LIST -> new DeclType.ListOf(back(type.parameters().get(0)), DeclType.UNKNOWN_SIZE);
            case MAP ->
                    new DeclType.MapOf(
                            back(type.parameters().get(0)),
                            back(type.parameters().get(1)),
                            DeclType.UNKNOWN_SIZE);
            case STRUCT -> {
                var known = objects.get(type.name());
                yield known == null ? DeclType.DYN : known;
            }
            case OPAQUE ->
                    type instanceof OptionalType
                            ? new DeclType.OptionalOf(back(type.parameters().get(0)))
                            : new DeclType.Opaque(type.name());
            default -> DeclType.DYN;
        };
    }

    private StructType struct(DeclType.ObjectOf object) {
        objects.putIfAbsent(object.name(), object);
        var known = structs.get(object.name());
        if (known != null) {
            return known;
        }
        var fields = object.fields();
        var struct =
                StructType.create(
                        object.name(),
                        ImmutableSet.copyOf(fields.keySet()),
                        name -> field(fields, name));
        structs.put(object.name(), struct);
        return struct;
    }

    private Optional<CelType> field(Map<String, DeclType.Field> fields, String name) {
        var field = fields.get(name);
        return field == null ? Optional.empty() : Optional.of(of(field.type()));
    }

    private static CelType plain(DeclType.Kind kind) {
        return switch (kind) {
            case BOOL -> SimpleType.BOOL;
            case INT -> SimpleType.INT;
            case UINT -> SimpleType.UINT;
            case DOUBLE -> SimpleType.DOUBLE;
            case STRING -> SimpleType.STRING;
            case BYTES -> SimpleType.BYTES;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case DURATION -> SimpleType.DURATION;
            case NULL -> SimpleType.NULL_TYPE;
            case DYN -> SimpleType.DYN;
        };
    }

    /// As error texts write a type: `list(string)`.
    static String text(CelType type) {
        if (type.kind() == CelKind.LIST
                || type.kind() == CelKind.MAP
                || type instanceof OptionalType) {
            var parts = type.parameters().stream().map(Types::text).toList();
            return type.name() + "(" + String.join(", ", parts) + ")";
        }
        return switch (type.name()) {
            case "google.protobuf.Timestamp" -> "timestamp";
            case "google.protobuf.Duration" -> "duration";
            default -> type.name();
        };
    }
}

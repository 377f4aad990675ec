package io.coxswain.api.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.api.apiextensions.CustomResourceDefinition.JSONSchemaProps;
import io.coxswain.api.codec.Samples;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Pod;
import io.coxswain.api.json.DecodeError;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MalformedTest {

    private static final long SEED = 20_260_102;

    @Test
    void whatIsNoEnvelopeIsRefusedInGosWords() {
        refuses("", "empty data");
        refuses(
                "7b7d",
                "provided data does not appear to be a protobuf message, expected prefix"
                        + " [107 56 115 0]");
        refuses("6b387300", "empty body");
        refuses("6b3873000a", "unexpected EOF");
        refuses("6b3873000affffffffffffffffff01", "negative length");
        refuses("6b3873000affffffffffffffffffff01", "proto: integer overflow");
        refuses("6b38730000", "proto: Unknown: illegal tag 0 (wire type 0)");
        refuses("6b3873000c", "proto: Unknown: wiretype end group for non-group");
        refuses("6b38730009", "proto: wrong wireType = 1 for field TypeMeta");
    }

    private static void refuses(String hex, String text) {
        assertThatThrownBy(() -> Envelope.open(HexFormat.of().parseHex(hex)))
                .isInstanceOf(DecodeError.class)
                .hasMessageContaining(text);
    }

    @Test
    void whatIsNoMessageIsRefusedInGosWords() {
        refuses(ConfigMap.class, "08", "proto: wrong wireType = 0 for field ObjectMeta");
        refuses(ConfigMap.class, "0aff01", "unexpected EOF");
        refuses(ConfigMap.class, "00", "proto: ConfigMap: illegal tag 0 (wire type 0)");
        refuses(ConfigMap.class, "0c", "proto: ConfigMap: wiretype end group for non-group");
        refuses(ConfigMap.class, "f307f407f407", "wiretype end group for non-group");
        refuses(ConfigMap.class, "f70700", "proto: illegal wireType 7");
    }

    private static void refuses(Class<?> type, String hex, String text) {
        assertThatThrownBy(() -> ProtoReader.read(type, HexFormat.of().parseHex(hex)))
                .isInstanceOf(DecodeError.class)
                .hasMessageContaining(text);
    }

    @Test
    void unknownFieldsOfEveryWireTypeAreSkipped() {
        var hex =
                "f80701"
                        + "f9070000000000000000"
                        + "fa0702abcd"
                        + "fb07f80701fc07"
                        + "fd0700000000";

        assertThat(ProtoReader.read(ConfigMap.class, HexFormat.of().parseHex(hex)))
                .isEqualTo(ProtoReader.read(ConfigMap.class, new byte[0]));
    }

    @Test
    void deepNestingIsRefused() {
        var out = new WireWriter(1 << 16);
        for (var level = 0; level < 20_000; level++) {
            out.delimit(28, 0); // not
        }
        var deep = out.toBytes();

        assertThatThrownBy(() -> ProtoReader.read(JSONSchemaProps.class, deep))
                .isInstanceOf(DecodeError.class)
                .hasMessage("exceeded max depth");
    }

    @Test
    void damagedBytesAreReadOrRefusedButNothingElse() {
        var random = new Random(SEED);
        for (var type : List.of(Pod.class, ConfigMap.class, CustomResourceDefinition.class)) {
            var whole = Envelope.of((Record) Samples.of(type, 4));
            for (var round = 0; round < 1_000; round++) {
                tries(type, damaged(whole, random));
            }
            for (var length = 0; length < Math.min(whole.length, 500); length++) {
                tries(type, Arrays.copyOf(whole, length));
            }
        }
        for (var round = 0; round < 1_000; round++) {
            var noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            tries(Pod.class, noise);
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        var copy = whole.clone();
        for (var hits = 1 + random.nextInt(4); hits > 0; hits--) {
            copy[4 + random.nextInt(copy.length - 4)] = (byte) random.nextInt(256);
        }
        return copy;
    }

    private static void tries(Class<?> type, byte[] bytes) {
        try {
            var read = Envelope.open(bytes).read(type);
            // What can be read can be written.
            assertThat(ProtoWriter.write((Record) read)).isNotNull();
        } catch (DecodeError expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }
}

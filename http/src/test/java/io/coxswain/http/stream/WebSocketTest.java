package io.coxswain.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.http.Headers;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketTest {

    private final MemoryDuplex.Pair wire = MemoryDuplex.pair();
    private final WebSocket server = WebSocket.server(wire.server(), 100_000);

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private byte[] sentByServer(int count) throws IOException {
        return wire.client().input().readNBytes(count);
    }

    @Test
    void readsTheMaskedHelloOfTheRfc() throws IOException {
        wire.client().output().write(hex("81 85 37fa213d 7f9f4d5158"));

        var message = Objects.requireNonNull(server.receive());

        assertThat(message.text()).isTrue();
        assertThat(message.string()).isEqualTo("Hello");
    }

    @Test
    void writesTheUnmaskedHelloOfTheRfc() throws IOException {
        server.sendText("Hello");

        assertThat(sentByServer(7)).isEqualTo(hex("81 05 48656c6c6f"));
    }

    @Test
    void writesLongLengthsInTheirShortestForm() throws IOException {
        server.sendBinary(new byte[256]);
        assertThat(sentByServer(4)).isEqualTo(hex("82 7e 0100"));
        sentByServer(256);

        server.sendBinary(new byte[65536]);
        assertThat(sentByServer(10)).isEqualTo(hex("82 7f 0000000000010000"));
    }

    @Test
    void putsFragmentsTogetherAndAnswersAPingBetweenThem() throws IOException {
        wire.client().output().write(hex("01 83 00000000 48656c  89 81 00000000 21"));
        wire.client().output().write(hex("80 82 00000000 6c6f"));

        var message = Objects.requireNonNull(server.receive());

        assertThat(message.string()).isEqualTo("Hello");
        assertThat(sentByServer(3)).isEqualTo(hex("8a 01 21"));
    }

    @Test
    void aClientsMessagesAreMaskedAndReadBack() throws IOException {
        var client = WebSocket.client(wire.client(), new Random(1), 1000);
        client.sendBinary(new byte[] {1, 2, 3, 4, 5});

        var message = Objects.requireNonNull(server.receive());

        assertThat(message.bytes()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aCloseIsAnsweredWithItsCode() throws IOException {
        wire.client().output().write(hex("88 82 00000000 03e8"));

        assertThat(server.receive()).isNull();
        assertThat(server.closeCode()).isEqualTo(1000);
        assertThat(sentByServer(4)).isEqualTo(hex("88 02 03e8"));
    }

    @Test
    void aLostConnectionIsToldFromAClosedOne() {
        wire.client().close();

        assertThatThrownBy(server::receive).isInstanceOf(EOFException.class);
        assertThat(server.closeCode()).isEqualTo(1006);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "1002, an unmasked frame, 81 01 41",
        "1002, a reserved bit, c1 81 00000000 41",
        "1002, an unknown opcode, 83 81 00000000 41",
        "1002, a fragmented ping, 09 81 00000000 41",
        "1002, a long ping, 89 fe 0080 00000000",
        "1002, a continuation of nothing, 80 81 00000000 41",
        "1002, a message inside a message, 01 81 00000000 41 81 81 00000000 41",
        "1002, a length that could be shorter, 82 fe 0001 00000000 41",
        "1002, a negative length, 82 ff ffffffffffffffff 00000000",
        "1002, half a close code, 88 81 00000000 03",
        "1002, a close code that must not be sent, 88 82 00000000 03ed",
        "1007, text that is not UTF-8, 81 81 00000000 ff",
        "1009, a huge message, 82 ff 0000000100000000 00000000",
    })
    void closesOn(int code, String what, String bytes) throws IOException {
        wire.client().output().write(hex(bytes));

        assertThatThrownBy(server::receive)
                .as(what)
                .isInstanceOfSatisfying(
                        WebSocketException.class,
                        broken -> assertThat(broken.code()).isEqualTo(code));
        var answer = wire.client().input().readAllBytes();
        assertThat(answer[0]).isEqualTo((byte) 0x88);
        assertThat(((answer[2] & 0xff) << 8) | (answer[3] & 0xff)).isEqualTo(code);
    }

    @Test
    void fragmentsThatAddUpToTooMuchAreRefused() throws IOException {
        var part = new ByteArrayOutputStream();
        part.writeBytes(hex("02 fe ea60 00000000"));
        part.writeBytes(new byte[60_000]);
        wire.client().output().write(part.toByteArray());
        var more = part.toByteArray();
        more[0] = 0;
        wire.client().output().write(Arrays.copyOf(more, 8));

        assertThatThrownBy(server::receive).hasMessage("message is too big");
    }

    @Test
    void acceptsTheHandshakeOfTheRfc() {
        var offer = WebSockets.offer(List.of("chat", "superchat"), "dGhlIHNhbXBsZSBub25jZQ==");
        var request = Request.get("/chat").withHeaders(offer.headers());

        var response = WebSockets.accept(request, List.of("superchat"), (socket, name) -> {});

        assertThat(response).isInstanceOf(Response.Upgrade.class);
        assertThat(response.headers().first("sec-websocket-accept"))
                .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(response.headers().first("sec-websocket-protocol")).isEqualTo("superchat");
        assertThat(response.headers().first("connection")).isEqualTo("Upgrade");
    }

    @Test
    void refusesWhatItDoesNotSpeak() {
        var good = Request.get("/").withHeaders(WebSockets.offer(List.of("a")).headers());
        var accepted = List.of("b");

        assertThat(WebSockets.accept(good, accepted, (s, n) -> {}).status()).isEqualTo(403);
        assertThat(status(good.withHeader("sec-websocket-version", "8"))).isEqualTo(400);
        assertThat(status(good.withHeader("connection", "close"))).isEqualTo(400);
        assertThat(status(good.withHeader("sec-websocket-key", ""))).isEqualTo(400);
        assertThat(status(Request.of("POST", "/").withHeaders(good.headers()))).isEqualTo(405);
    }

    private static int status(Request request) {
        return WebSockets.accept(request, List.of("a"), (socket, name) -> {}).status();
    }

    @Test
    void aClientChecksTheAnswer() throws IOException {
        var offer = WebSockets.offer(List.of("a"), "dGhlIHNhbXBsZSBub25jZQ==");
        var good =
                Headers.of(
                        "upgrade", "websocket",
                        "sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

        assertThat(offer.protocol(good)).isEmpty();
        assertThat(offer.protocol(good.with("sec-websocket-protocol", "a"))).isEqualTo("a");
        assertThatThrownBy(() -> offer.protocol(good.with("sec-websocket-protocol", "b")))
                .isInstanceOf(UpgradeOffer.UpgradeRefused.class);
        assertThatThrownBy(() -> offer.protocol(Headers.of("upgrade", "websocket")))
                .isInstanceOf(UpgradeOffer.UpgradeRefused.class);
    }
}

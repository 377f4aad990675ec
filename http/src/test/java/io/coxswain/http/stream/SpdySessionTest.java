package io.coxswain.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.Adler32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class SpdySessionTest {

    private final MemoryDuplex.Pair wire = MemoryDuplex.pair();
    private final BlockingQueue<SpdyStream> arrived = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        wire.client().close();
        wire.server().close();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static byte[] bytes(SpdyFrame... all) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var frames = new SpdyFrames(InputStream.nullInputStream(), out)) {
            for (var frame : all) {
                frames.write(frame);
            }
        }
        return out.toByteArray();
    }

    @Test
    void theDictionaryIsTheOneOfTheDraft() {
        var sum = new Adler32();
        sum.update(SpdyDictionary.BYTES);

        assertThat(SpdyDictionary.BYTES).hasSize(1423);
        assertThat(sum.getValue()).isEqualTo(0xe3c6a7c2L);
    }

    @Test
    void framesHaveTheBytesOfTheDraft() throws IOException {
        assertThat(bytes(new SpdyFrame.Ping(1))).isEqualTo(hex("80030006 00000004 00000001"));
        assertThat(bytes(new SpdyFrame.RstStream(5, 1)))
                .isEqualTo(hex("80030003 00000008 00000005 00000001"));
        assertThat(bytes(new SpdyFrame.GoAway(3, 0)))
                .isEqualTo(hex("80030007 00000008 00000003 00000000"));
        assertThat(bytes(new SpdyFrame.WindowUpdate(3, 65536)))
                .isEqualTo(hex("80030009 00000008 00000003 00010000"));
        assertThat(bytes(new SpdyFrame.Settings(65536)))
                .isEqualTo(hex("80030004 0000000c 00000001 00000007 00010000"));
        assertThat(bytes(new SpdyFrame.Data(1, true, new byte[] {65})))
                .isEqualTo(hex("00000001 01000001 41"));
    }

    @Test
    void anotherImplementationReadsOurHeaders() throws IOException {
        var channel = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
        var first = new SpdyFrame.SynStream(1, false, false, Headers.of("streamtype", "error"));
        var second = new SpdyFrame.SynStream(3, true, false, Headers.of("streamtype", "stdin"));

        channel.writeInbound(Unpooled.wrappedBuffer(bytes(first, second)));

        SpdySynStreamFrame one = channel.readInbound();
        SpdySynStreamFrame two = channel.readInbound();
        assertThat(one.headers().getAsString("streamtype")).isEqualTo("error");
        assertThat(two.headers().getAsString("streamtype")).isEqualTo("stdin");
        assertThat(two.isLast()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void weReadTheHeadersOfAnotherImplementation() throws IOException {
        var channel = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
        var out = new ByteArrayOutputStream();
        for (var type : new String[] {"stdout", "stderr"}) {
            var frame = new DefaultSpdySynStreamFrame(1, 0, (byte) 0);
            frame.headers().set("streamtype", type).add("port", "80").add("port", "81");
            channel.writeOutbound(frame);
            ByteBuf encoded = channel.readOutbound();
            out.writeBytes(ByteBufUtil.getBytes(encoded));
            encoded.release();
        }
        channel.finishAndReleaseAll();

        var in = new ByteArrayInputStream(out.toByteArray());
        try (var frames = new SpdyFrames(in, new ByteArrayOutputStream())) {
            var one = (SpdyFrame.SynStream) Objects.requireNonNull(frames.read());
            var two = (SpdyFrame.SynStream) Objects.requireNonNull(frames.read());
            assertThat(one.headers().first("streamtype")).isEqualTo("stdout");
            assertThat(one.headers().all("port")).containsExactly("80", "81");
            assertThat(two.headers().first("streamtype")).isEqualTo("stderr");
            assertThat(frames.read()).isNull();
        }
    }

    @Test
    void bytesGoBothWaysAndEachSideEndsByItself() throws Exception {
        SpdySession.server(wire.server(), arrived::add);
        var client = SpdySession.client(wire.client(), SpdySession.Listener.NONE);

        var near = client.open(Headers.of("streamtype", "data"));
        var far = arrived.take();
        near.output().write("ask".getBytes(UTF_8));
        near.closeOutput();

        assertThat(far.headers().first("streamtype")).isEqualTo("data");
        assertThat(far.input().readAllBytes()).asString().isEqualTo("ask");
        far.output().write("answer".getBytes(UTF_8));
        far.closeOutput();
        assertThat(near.input().readAllBytes()).asString().isEqualTo("answer");
    }

    @Test
    void muchDataPassesTheWindowsOfBothSides() throws Exception {
        SpdySession.server(wire.server(), arrived::add);
        var client = SpdySession.client(wire.client(), SpdySession.Listener.NONE);
        var near = client.open(Headers.EMPTY);
        var far = arrived.take();
        var data = new byte[3_000_000];
        new Random(7).nextBytes(data);

        var sender = Thread.ofVirtual().start(() -> sendAll(near, data));
        var received = far.input().readAllBytes();
        sender.join();

        assertThat(Arrays.equals(received, data)).isTrue();
    }

    @Test
    void aStreamNobodyReadsDoesNotHoldUpAnother() throws Exception {
        SpdySession.server(wire.server(), arrived::add);
        var client = SpdySession.client(wire.client(), SpdySession.Listener.NONE);
        var stuck = client.open(Headers.EMPTY);
        arrived.take();
        var writer = Thread.ofVirtual().start(() -> sendAll(stuck, new byte[1_000_000]));

        var free = client.open(Headers.EMPTY);
        var far = arrived.take();
        sendAll(free, new byte[30_000]);

        assertThat(far.input().readAllBytes()).hasSize(30_000);
        stuck.close();
        writer.join();
    }

    @Test
    void aPeerWithoutWindowsIsSentEverything() throws Exception {
        var frames = new SpdyFrames(wire.client().input(), wire.client().output());
        SpdySession.server(wire.server(), arrived::add);
        frames.write(new SpdyFrame.SynStream(1, false, false, Headers.EMPTY));
        var far = arrived.take();
        var sender = Thread.ofVirtual().start(() -> sendAll(far, new byte[500_000]));

        var count = 0;
        for (var frame = frames.read(); count < 500_000; frame = frames.read()) {
            count += frame instanceof SpdyFrame.Data data ? data.bytes().length : 0;
        }
        sender.join();
        assertThat(count).isEqualTo(500_000);
    }

    /// Bytes that reach a closed socket make the kernel drop what it has not delivered yet.
    @Test
    void aPeerWithoutWindowsIsGivenNoCredit() throws Exception {
        var frames = new SpdyFrames(wire.client().input(), wire.client().output());
        SpdySession.server(wire.server(), arrived::add);
        frames.write(new SpdyFrame.SynStream(1, false, false, Headers.EMPTY));
        for (var i = 0; i < 10; i++) {
            frames.write(new SpdyFrame.Data(1, i == 9, new byte[20_000]));
        }
        assertThat(arrived.take().input().readAllBytes()).hasSize(200_000);
        frames.write(new SpdyFrame.Ping(1));

        assertThat(frames.read()).isInstanceOf(SpdyFrame.Settings.class);
        assertThat(frames.read()).isInstanceOf(SpdyFrame.WindowUpdate.class);
        assertThat(frames.read()).isInstanceOf(SpdyFrame.SynReply.class);
        assertThat(frames.read()).isEqualTo(new SpdyFrame.Ping(1));
    }

    @Test
    void aResetEndsAStreamAfterWhatCameBefore() throws Exception {
        SpdySession.server(wire.server(), arrived::add);
        var client = SpdySession.client(wire.client(), SpdySession.Listener.NONE);
        var near = client.open(Headers.EMPTY);
        var far = arrived.take();
        far.output().write(65);
        far.close();

        assertThat(near.input().read()).isEqualTo(65);
        assertThatThrownBy(() -> near.input().read()).hasMessageContaining("reset");
        assertThat(near.wasReset()).isTrue();
        assertThatThrownBy(() -> near.output().write(1)).isInstanceOf(IOException.class);
    }

    @Test
    void aLostConnectionFailsEveryStream() throws Exception {
        var server = SpdySession.server(wire.server(), arrived::add);
        var client = SpdySession.client(wire.client(), SpdySession.Listener.NONE);
        client.open(Headers.EMPTY);
        var far = arrived.take();
        wire.client().close();

        assertThatThrownBy(() -> far.input().read()).isInstanceOf(IOException.class);
        server.awaitEnd();
        assertThatThrownBy(() -> client.open(Headers.EMPTY)).isInstanceOf(IOException.class);
    }

    @Test
    void aStreamThatIsNotWantedIsRefused() {
        SpdySession.server(wire.server(), SpdySession.Listener.NONE);
        var client = SpdySession.client(wire.client(), SpdySession.Listener.NONE);

        assertThatThrownBy(() -> client.open(Headers.EMPTY)).hasMessage("stream was refused");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a wrong version, 80020006 00000004 00000001",
        "a giant control frame, 80030001 00ffffff",
        "data on no stream, 00000000 00000001 41",
        "a stream without number, 80030003 00000008 00000000 00000001",
        "a frame cut short, 80030003 00000004 00000001",
        "settings that lie, 80030004 00000004 7fffffff",
        "headers that are no zlib, 80030001 0000000e 00000001 00000000 0000 41424344",
    })
    void endsTheSessionOn(String what, String frame) throws Exception {
        var server = SpdySession.server(wire.server(), arrived::add);
        wire.client().output().write(hex(frame));

        server.awaitEnd();

        var answer = wire.client().input().readAllBytes();
        assertThat(Arrays.copyOfRange(answer, answer.length - 16, answer.length))
                .as(what)
                .isEqualTo(hex("80030007 00000008 00000000 00000001"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "data on an unknown stream, 00000009 00000001 41, 00000009 00000002",
        "a stream with the server's parity, 80030001 0000000a 00000002 00000000 0000, ''",
    })
    void resetsOnlyTheStreamOn(String what, String frame, String reset) throws Exception {
        SpdySession.server(wire.server(), arrived::add);
        if (reset.isEmpty()) {
            wire.client()
                    .output()
                    .write(bytes(new SpdyFrame.SynStream(2, false, false, Headers.EMPTY)));
        } else {
            wire.client().output().write(hex(frame));
        }
        var frames = new SpdyFrames(wire.client().input(), wire.client().output());

        assertThat(frames.read()).isInstanceOf(SpdyFrame.Settings.class);
        assertThat(frames.read()).isInstanceOf(SpdyFrame.WindowUpdate.class);
        assertThat(frames.read()).as(what).isInstanceOf(SpdyFrame.RstStream.class);
        frames.write(new SpdyFrame.Ping(1));
        assertThat(frames.read()).isEqualTo(new SpdyFrame.Ping(1));
    }

    @Test
    void headersThatExpandWithoutEndAreRefused() throws Exception {
        var bomb = Headers.of("a", "x".repeat(1_000_000));
        var server = SpdySession.server(wire.server(), arrived::add);
        wire.client().output().write(bytes(new SpdyFrame.SynStream(1, false, false, bomb)));

        server.awaitEnd();
        assertThat(arrived).isEmpty();
    }

    private static void sendAll(SpdyStream stream, byte[] data) {
        try {
            stream.output().write(data);
            stream.closeOutput();
        } catch (IOException closed) {
            assertThat(stream.wasReset()).isTrue();
        }
    }
}

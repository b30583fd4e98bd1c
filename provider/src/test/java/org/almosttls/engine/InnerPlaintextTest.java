package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.almosttls.alert.Violation;
import org.almosttls.record.RecordReader;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.RawTls13;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §5.1, §5.2, §5.4: what there can be under the protection of a record, at either end and at any time. */
class InnerPlaintextTest {

    private static final CipherSuite SUITE = CipherSuite.TLS_AES_128_GCM_SHA256;

    /** An end that has keys, by whose peer's it is told whatever one likes. */
    private enum Victim {
        SERVER_BEFORE_FINISHED,
        CLIENT_BEFORE_FINISHED,
        SERVER,
        CLIENT;

        boolean isClient() {
            return this == CLIENT || this == CLIENT_BEFORE_FINISHED;
        }

        String label() {
            String peer = isClient() ? "SERVER" : "CLIENT";
            return this == SERVER || this == CLIENT ? peer + "_TRAFFIC_SECRET_0" : peer + "_HANDSHAKE_TRAFFIC_SECRET";
        }
    }

    /** Who is being told, and what tells it. */
    private record Scene(End victim, RawTls13 peer) {

        static Scene of(Victim kind) throws Exception {
            var pair = new ConnectionPair(
                    Tls13.client().suites(SUITE).build(),
                    Tls13.server(TestCertificates.ecServer()).build());
            switch (kind) {
                case SERVER_BEFORE_FINISHED -> ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
                case CLIENT_BEFORE_FINISHED -> {
                    ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
                    ConnectionPair.carry(pair.server(), pair.client(), Scene::firstRecord);
                }
                default -> pair.handshake();
            }
            var victim = kind.isClient() ? pair.client() : pair.server();
            return new Scene(victim, RawTls13.under(kind.label(), victim, SUITE));
        }

        private static byte[] firstRecord(byte[] flight) {
            return Arrays.copyOf(flight, 5 + ((flight[3] & 0xFF) << 8 | flight[4] & 0xFF));
        }

        void refuses(Violation violation, byte[] record) {
            victim.deliver(record);
            Expect.violation(violation, victim::receive);
        }
    }

    private static byte[] inner(int content, int type, int length) {
        byte[] inner = new byte[length];
        Arrays.fill(inner, 0, content, (byte) 'a');
        inner[content] = (byte) type;
        return inner;
    }

    @ParameterizedTest
    @EnumSource
    void nothingButZeroesHasNoType(Victim kind) throws Exception {
        for (int length : new int[] {1, 2, 500}) {
            var scene = Scene.of(kind);
            scene.refuses(Violation.CONTENT_TYPE_MISSING, scene.peer.sealInner(new byte[length]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void notEvenATypeIsABadRecord(Victim kind) throws Exception {
        var scene = Scene.of(kind);
        scene.refuses(Violation.BAD_RECORD, scene.peer.sealInner());
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownTypeIsNoneWithin(Victim kind) throws Exception {
        var scene = Scene.of(kind);
        scene.refuses(Violation.UNKNOWN_CONTENT_TYPE, scene.peer.sealInner(inner(5, 99, 9)));
    }

    @ParameterizedTest
    @EnumSource
    void paddingCounts(Victim kind) throws Exception {
        var scene = Scene.of(kind);
        scene.refuses(Violation.RECORD_TOO_LONG, scene.peer.sealInner(inner(5, 21, RecordReader.MAX_PLAINTEXT + 2)));
    }

    @ParameterizedTest
    @EnumSource
    void noRecordIsLongerThan256OctetsMoreThanContentCanBe(Victim kind) throws Exception {
        var scene = Scene.of(kind);
        scene.refuses(
                Violation.RECORD_TOO_LONG, scene.peer.sealInner(inner(5, 22, RecordReader.MAX_PLAINTEXT + 256 - 15)));
    }

    /** RFC 8446 §5.1, §5.4: even where there is padding. */
    @ParameterizedTest
    @EnumSource
    void noMessageHasAnEmptyFragment(Victim kind) throws Exception {
        for (int padding : new int[] {0, 3}) {
            var scene = Scene.of(kind);
            scene.refuses(
                    Violation.EMPTY_FRAGMENT,
                    scene.peer.sealInner(inner(0, ContentType.HANDSHAKE.code(), 1 + padding)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noAlertIsEmpty(Victim kind) throws Exception {
        for (int padding : new int[] {0, 3}) {
            var scene = Scene.of(kind);
            scene.refuses(
                    Violation.EMPTY_FRAGMENT, scene.peer.sealInner(inner(0, ContentType.ALERT.code(), 1 + padding)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 300, RecordReader.MAX_PLAINTEXT + 1 - 5})
    void paddedDataIsData(int padding) throws Exception {
        for (var kind : new Victim[] {Victim.SERVER, Victim.CLIENT}) {
            var scene = Scene.of(kind);
            scene.victim.deliver(scene.peer.sealInner(inner(5, ContentType.APPLICATION_DATA.code(), 5 + padding)));
            scene.victim.receive();
            assertArrayEquals("aaaaa".getBytes(StandardCharsets.US_ASCII), scene.victim.data());
        }
    }
}

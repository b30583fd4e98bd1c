package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Pairing;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an engine answers, call by call, where the order of calls is unusual: what the platform's engine answers. */
class EngineOrderTest {

    /** A client and a server whose every answer is written down. */
    private static final class Dialogue {

        private final List<String> answers = new ArrayList<>();
        private final SSLEngine client;
        private final SSLEngine server;
        private final ByteBuffer toServer = ByteBuffer.allocate(100_000);
        private final ByteBuffer toClient = ByteBuffer.allocate(100_000);

        Dialogue(EnginePair pair) {
            client = pair.client().engine();
            server = pair.server().engine();
        }

        private interface Call {
            SSLEngineResult run() throws SSLException;
        }

        void clientWraps(int octets) {
            note(() -> client.wrap(ByteBuffer.allocate(octets), toServer));
        }

        void serverWraps(int octets) {
            note(() -> server.wrap(ByteBuffer.allocate(octets), toClient));
        }

        void clientUnwraps() {
            unwrap(client, toClient);
        }

        void serverUnwraps() {
            unwrap(server, toServer);
        }

        private void unwrap(SSLEngine engine, ByteBuffer network) {
            network.flip();
            note(() -> engine.unwrap(network, ByteBuffer.allocate(20_000)));
            network.compact();
        }

        /** An error before the peer has closed. */
        void closesInbound(SSLEngine engine) {
            try {
                engine.closeInbound();
                answers.add("closed");
            } catch (SSLException failed) {
                answers.add(failed.getClass().getSimpleName());
            }
            answers.add(stateOf(client) + " | " + stateOf(server));
        }

        private void note(Call call) {
            try {
                var result = call.run();
                answers.add(result.getStatus() + " " + result.getHandshakeStatus()
                        + (result.bytesConsumed() > 0 ? " consumed" : "")
                        + (result.bytesProduced() > 0 ? " produced" : ""));
            } catch (SSLException failed) {
                answers.add(failed.getClass().getSimpleName());
            }
            answers.add(stateOf(client) + " | " + stateOf(server));
        }

        private static String stateOf(SSLEngine engine) {
            return engine.getHandshakeStatus()
                    + (engine.isInboundDone() ? " in" : "")
                    + (engine.isOutboundDone() ? " out" : "");
        }
    }

    private enum Scenario {
        CLIENT_CLOSES(true) {
            @Override
            void play(Dialogue it) throws SSLException {
                it.client.closeOutbound();
                it.clientWraps(0);
                it.clientWraps(5);
                it.clientUnwraps();
                it.serverUnwraps();
                it.serverUnwraps();
                it.serverWraps(5);
                it.serverWraps(5);
                it.clientUnwraps();
                it.closesInbound(it.client);
                it.closesInbound(it.server);
                it.clientUnwraps();
                it.clientWraps(0);
            }
        },
        DATA_IS_ON_ITS_WAY_TO_WHO_CLOSES(true) {
            @Override
            void play(Dialogue it) {
                it.serverWraps(7);
                it.client.closeOutbound();
                it.clientWraps(5);
                it.clientUnwraps();
            }
        },
        BOTH_CLOSE(true) {
            @Override
            void play(Dialogue it) {
                it.client.closeOutbound();
                it.server.closeOutbound();
                it.clientWraps(0);
                it.serverWraps(0);
                it.clientUnwraps();
                it.serverUnwraps();
            }
        },
        A_RECORD_IS_TAMPERED_WITH(true) {
            @Override
            void play(Dialogue it) throws SSLException {
                it.clientWraps(9);
                int last = it.toServer.position() - 1;
                it.toServer.put(last, (byte) ~it.toServer.get(last));
                it.serverUnwraps();
                it.serverUnwraps();
                it.serverWraps(3);
                it.serverWraps(3);
                it.clientUnwraps();
                it.clientUnwraps();
                it.clientWraps(3);
                it.closesInbound(it.client);
                it.closesInbound(it.server);
            }
        },
        NOTHING_IS_SAID(true) {
            @Override
            void play(Dialogue it) {
                it.serverUnwraps();
                it.serverWraps(0);
                it.clientUnwraps();
            }
        },
        THE_SERVER_IS_EARLY(false) {
            @Override
            void play(Dialogue it) {
                it.serverWraps(3);
                it.serverUnwraps();
                it.clientUnwraps();
                it.clientWraps(3);
                it.clientWraps(3);
            }
        },
        PLAINTEXT_COMES(false) {
            @Override
            void play(Dialogue it) {
                it.clientWraps(0);
                it.toClient.put("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII));
                it.clientUnwraps();
                it.clientWraps(0);
            }
        };

        private final boolean afterHandshake;

        Scenario(boolean afterHandshake) {
            this.afterHandshake = afterHandshake;
        }

        abstract void play(Dialogue it) throws SSLException;

        List<String> answers(Pairing pairing, String version) throws SSLException {
            var pair = new EnginePair(pairing.client(version), pairing.server(version, TestCertificates.ecServer()));
            if (afterHandshake) pair.handshake();
            var dialogue = new Dialogue(pair);
            play(dialogue);
            return dialogue.answers;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAnswersAreThePlatforms(Scenario scenario) throws Exception {
        assertSame(scenario, "TLSv1.2");
    }

    @ParameterizedTest
    @EnumSource
    void theAnswersAreThePlatformsInTls13(Scenario scenario) throws Exception {
        assertSame(scenario, "TLSv1.3");
    }

    private static void assertSame(Scenario scenario, String version) throws Exception {
        assertEquals(
                scenario.answers(Pairing.PLATFORM_WITH_PLATFORM, version),
                scenario.answers(Pairing.OURS_WITH_OURS, version));
    }
}

package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.config.OnRequest;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.RecordTransferred;
import org.almosttls.registry.ContentType;
import org.almosttls.testkit.End;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Padded records of TLS 1.3 (RFC 8446 §5.4) between other stacks and ours. */
@Timeout(60)
class PaddingInteropTest {

    private static final int TAG = 16;
    private static final int MAX = (1 << 14) + 1;

    static Stream<Arguments> partnersAndBlocks() {
        return Arrays.stream(Partner.values())
                .flatMap(partner -> Stream.of(512, 1000, MAX).map(block -> Arguments.of(partner, block)));
    }

    private static List<TestConfig> roles() {
        return List.of(Tls13.client(), Tls13.server(TestCertificates.ecServer()));
    }

    private static List<Integer> lengthsOfData(End end, Direction direction) {
        return end.events()
                .all(RecordTransferred.class)
                .filter(record -> record.direction() == direction)
                .filter(record -> record.content().equals(Optional.of(ContentType.APPLICATION_DATA)))
                .map(record -> record.header().length())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("partnersAndBlocks")
    void othersTakeOurPaddingOff(Partner partner, int block) throws Exception {
        for (var config : roles()) {
            var ours = partner.talk(
                    config.with("onRequest", OnRequest.NOTHING.padding(block)).build());
            var sent = lengthsOfData(ours, Direction.SENT);
            assertTrue(sent.stream().allMatch(length -> length == block + TAG), sent.toString());
            assertEquals(1, sent.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 16384})
    void weTakeOpensslsPaddingOff(int block) throws Exception {
        for (var config : roles()) {
            var ours = Partner.OPENSSL.talk(config.build(), "-record_padding", Integer.toString(block));
            var received = lengthsOfData(ours, Direction.RECEIVED);
            assertTrue(received.stream().allMatch(length -> (length - TAG) % block == 0), received.toString());
        }
    }

    /** RFC 8449: GnuTLS's client says a limit. */
    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void aLimitOfGnutlssIsPaddedTo(int limit) throws Exception {
        var config = Tls13.server(TestCertificates.ecServer()).with("onRequest", OnRequest.NOTHING.padding(MAX));
        var ours = Partner.GNUTLS.talk(config.build(), "--recordsize", Integer.toString(limit));
        assertEquals(List.of(limit + 1 + TAG), lengthsOfData(ours, Direction.SENT));
    }

    /** RFC 6066 §4: OpenSSL's client says a length of fragments. */
    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void aFragmentLengthOfOpensslsIsPaddedTo(int length) throws Exception {
        var config = Tls13.server(TestCertificates.ecServer()).with("onRequest", OnRequest.NOTHING.padding(MAX));
        var ours = Partner.OPENSSL.talk(config.build(), "-maxfraglen", Integer.toString(length));
        assertEquals(List.of(length + 1 + TAG), lengthsOfData(ours, Direction.SENT));
    }
}

package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.Security;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.config.KeyLimits;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.KeyUpdate;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.RecordingListener;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code jdk.tls.keyLimits}, as the platform reads it. */
class KeyLimitRulesTest {

    private static final String PROPERTY = "jdk.tls.keyLimits";

    private final RecordingListener told = new RecordingListener();
    private Optional<String> before;

    @BeforeEach
    void remember() {
        before = Optional.ofNullable(Security.getProperty(PROPERTY));
    }

    @AfterEach
    void restore() {
        Security.setProperty(PROPERTY, before.orElse(""));
    }

    private SSLContext context(KeyManager... keys) throws Exception {
        var context = SSLContext.getInstance("TLSv1.3", new AlmostTlsProvider(() -> told));
        context.init(keys, Contexts.trust(TestCertificates.trustStore()), null);
        return context;
    }

    private long keyUpdatesSent() {
        return told.all(MessageTransferred.class)
                .filter(event -> event.direction() == Direction.SENT && event.message() instanceof KeyUpdate)
                .count();
    }

    @Test
    void keysAreUpdatedAsOftenAsThePropertySays() throws Exception {
        Security.setProperty(PROPERTY, "AES/GCM/NoPadding KeyUpdate 2^15, ChaCha20-Poly1305 KeyUpdate 2^15");
        byte[] data = new FixedRandomness(1).bytes(1 << 18);
        var pair = new EnginePair(context(), context(Contexts.keys(TestCertificates.ecServer()))).handshake();
        EnginePair.send(pair.client(), pair.server(), data);
        assertArrayEquals(data, pair.server().data());
        assertEquals(7, keyUpdatesSent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AES/GCM/NoPadding KeyUpdate 2^20 | 1048576",
                "aes/gcm/nopadding keyupdate 5000 | 5000",
                "AES/GCM/NoPadding KeyUpdate 2^20, AES/GCM/NoPadding KeyUpdate 2^10 | 1024",
                "ChaCha20-Poly1305 KeyUpdate 2^20 | 137438953472",
                "AES/GCM/NoPadding KeyUpdate 2^60 | 137438953472",
                "AES/GCM/NoPadding KeyUpdate 0 | 137438953472",
                "nonsense | 137438953472"
            })
    void whatMeansNothingLeavesTheMostThatThePlatformHas(String entries, long octets) {
        assertEquals(octets, KeyLimitRules.of(entries).aesGcm());
        assertEquals(KeyLimits.MOST, 137438953472L);
    }
}

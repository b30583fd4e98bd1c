package org.almosttls.agent.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalAuthorityTest {

    private static final Instant NOW = Instant.parse("2024-02-28T12:00:00Z");

    @TempDir
    private Path folder;

    private static Clock after(int days) {
        return Clock.fixed(NOW.plus(Duration.ofDays(days)), ZoneOffset.UTC);
    }

    private LocalAuthority made(String name, int days) throws Exception {
        return LocalAuthority.init(folder, name, days, after(0), new SecureRandom());
    }

    private X509Certificate issued(int after, int days) throws Exception {
        return LocalAuthority.open(folder, after(after), new SecureRandom())
                .issue(new Wanted("db", List.of(), List.of(), days, false));
    }

    @Test
    void itHasItsNameAndHoldsForItsDaysAndForClocksThatAreLate() throws Exception {
        X509Certificate certificate = made("Our CA", 3650).certificate();
        assertEquals("CN=Our CA", certificate.getSubjectX500Principal().getName());
        assertEquals(NOW.minusSeconds(300), certificate.getNotBefore().toInstant());
        assertEquals(NOW.plus(Duration.ofDays(3650)), certificate.getNotAfter().toInstant());
    }

    @Test
    void whatItIssuesHoldsForTheDaysThatAreWanted() throws Exception {
        made("Our CA", 3650);
        assertEquals(
                NOW.plus(Duration.ofDays(7 + 90)), issued(7, 90).getNotAfter().toInstant());
    }

    @Test
    void butNoLongerThanItself() throws Exception {
        Instant end = made("Our CA", 30).certificate().getNotAfter().toInstant();
        assertEquals(end, issued(7, 90).getNotAfter().toInstant());
    }
}

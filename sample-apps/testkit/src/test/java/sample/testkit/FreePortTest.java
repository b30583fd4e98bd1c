package sample.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void noneIsFoundTwice() throws IOException {
        Set<Integer> found = new HashSet<>();
        for (int i = 0; i < 1000; i++) assertTrue(found.add(FreePort.find()), found::toString);
    }
}

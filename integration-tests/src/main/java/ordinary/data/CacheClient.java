package ordinary.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** {@code CacheClient <host> <port>}: writes and reads values, one by one, many at a time, and large, and hears a message. */
public final class CacheClient {

    private static final int MANY = 2000;
    private static final int LARGE = 1_500_000;

    private CacheClient() {}

    public static void main(String... args) {
        try (RedisClient redis = RedisClient.create(args[0], Integer.parseInt(args[1]))) {
            redis.flushAll();
            System.out.println(redis.ping());
            System.out.println(redis.set("key", "a value") + " " + redis.get("key") + " " + redis.get("none"));
            System.out.println(count(redis));
            System.out.println(transact(redis));
            System.out.println(hear(redis));
            System.out.println(isKept(redis) ? "all as it was written" : "it is another");
        }
    }

    private static long count(RedisClient redis) {
        try (Pipeline pipeline = redis.pipelined()) {
            List<Response<Long>> counts = IntStream.range(0, MANY)
                    .mapToObj(i -> pipeline.incr("count"))
                    .toList();
            pipeline.sync();
            return counts.stream().mapToLong(Response::get).sum();
        }
    }

    private static List<Object> transact(RedisClient redis) {
        try (AbstractTransaction transaction = redis.multi()) {
            transaction.set("one", "1");
            transaction.append("one", "0");
            transaction.get("one");
            return transaction.exec();
        }
    }

    /** Over two connections, one of which waits. */
    private static String hear(RedisClient redis) {
        StringBuilder heard = new StringBuilder();
        JedisPubSub ear = new JedisPubSub() {
            @Override
            public void onSubscribe(String channel, int count) {
                new Thread(() -> redis.publish(channel, "greeting")).start();
            }

            @Override
            public void onMessage(String channel, String message) {
                heard.append(channel).append(": ").append(message);
                unsubscribe();
            }
        };
        redis.subscribe(ear, "news");
        return heard.toString();
    }

    private static boolean isKept(RedisClient redis) {
        byte[] value = new byte[LARGE];
        new Random(3).nextBytes(value);
        byte[] key = "large".getBytes(StandardCharsets.US_ASCII);
        redis.set(key, value);
        return Arrays.equals(value, redis.get(key));
    }
}

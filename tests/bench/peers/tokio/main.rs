//! peer_tokio WORKLOAD TASKS ROUNDS: the workloads of bench_peers.py on tokio's paused clock.
//!
//! One thread, nothing recorded.  Prints the events that it counted, and how long they took.
use std::future::Future;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio::task::{spawn, yield_now, JoinHandle};
use tokio::time::{sleep, timeout};

/// From 1 ms to 1.001 s, as in the other peers.
fn next_delay(random: &mut u64) -> Duration {
    *random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    Duration::from_nanos(1_000_000 + (*random >> 33) % 1_000_000_000)
}

async fn sleep_often(mut random: u64, rounds: u64) -> u64 {
    let mut events = 0;
    for _ in 0..rounds {
        sleep(next_delay(&mut random)).await;
        events += 1;
    }
    events
}

async fn yield_often(rounds: u64) -> u64 {
    let mut events = 0;
    for _ in 0..rounds {
        yield_now().await;
        events += 1;
    }
    events
}

async fn time_out(number: u64) -> u64 {
    let limit = Duration::from_nanos(1_000_000 + number % 1000);
    timeout(limit, sleep_often(number, 100)).await.is_err().into()
}

/// Starts the tasks and waits for all; returns how many events they counted.
async fn run_all<F>(tasks: u64, start: impl Fn(u64) -> F) -> u64
where
    F: Future<Output = u64> + Send + 'static,
{
    let handles: Vec<JoinHandle<u64>> = (1..=tasks).map(|i| spawn(start(i))).collect();
    let mut events = 0;
    for handle in handles {
        events += handle.await.expect("no task fails");
    }
    events
}

async fn pass_through_queue(items: u64) -> u64 {
    let (sender, mut receiver) = mpsc::channel(16);
    spawn(async move {
        for item in 0..items {
            sender.send(item).await.expect("the receiver is there");
        }
    });
    let getter = spawn(async move {
        let mut events = 0;
        while receiver.recv().await.is_some() {
            events += 1;
        }
        events
    });
    getter.await.expect("no task fails")
}

async fn run(workload: &str, tasks: u64, rounds: u64) -> u64 {
    match workload {
        "yield" => run_all(tasks, |_| yield_often(rounds)).await,
        "timers" | "gather" => run_all(tasks, |i| sleep_often(i, rounds)).await,
        "queue" => pass_through_queue(rounds).await,
        "wait_for" => run_all(tasks, time_out).await,
        _ => panic!("there is no workload {workload}"),
    }
}

fn peak_memory_kb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("Linux tells");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).expect("a number")
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |i: usize| arguments[i].parse().expect("a number");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    let start = Instant::now();
    let events = runtime.block_on(run(&arguments[1], number(2), number(3))) as f64;
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{events:12.0} events {seconds:9.4} s {:9.3} M/s {:9.1} MB",
        events / seconds / 1e6,
        peak_memory_kb() / 1024.0
    );
}

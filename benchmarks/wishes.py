"""Nguyện vọng được bao nhiêu, với giá nào, trên thế giới mẫu: ``python benchmarks/wishes.py [full|small]``, trên máy chủ dùng một lần."""

import os
import sys
import time

from throwaway import house


def main(variant: str) -> None:
    os.environ["TINHGON_DEMO"] = "1"
    with house():
        from tinhgon.cli import demo  # noqa: PLC0415
        from tinhgon.reorg.models import Placement  # noqa: PLC0415
        from tinhgon.reorg.placing import solving, weighing  # noqa: PLC0415

        demo.load(variant, lambda _sentence: None)
        placement = Placement.objects.filter(figures__has_key="curve").order_by("pk").first()
        began = time.process_time()
        weighing.weigh(placement)
        weighed = time.process_time() - began
        got, share = placement.figures, weighing.share
        print(f"{got['people']} người, {got['seats']} ghế, {got['placed']} có chỗ; {got['asked']} nêu nguyện vọng, {got['seated']} trong số ấy có chỗ")
        print("thạo việc  nguyện vọng một  trong ba  (thanh thạo việc, thanh nguyện vọng)")
        for one in got["curve"]:
            print(f"{one['mastery_got']:9}  {share(one['first'], one['seated']):12} %  {share(one['three'], one['seated']):6} %  {one['mastery']}, {one['wishes']}")
        print(f"phương án {placement.weights}: {got['points']['mastery']}, {share(got['first'], got['seated'])} %, {share(got['top'], got['seated'])} %")
        second = got["second"]
        print(f"ý kiến thứ hai: {second['mastery']}, {share(second['first'], second['seated'])} %, {share(second['three'], second['seated'])} %, {second['placed']} có chỗ")
        print({key: value for key, value in got["fairness"].items() if key != "groups"}, f"đo hết {weighed:.1f} giây máy")
        began = time.process_time()
        found = solving.checked(placement, solving.assembled(placement.reorganisation, placement.rules).problem)
        print(f"kiểm tra độc lập: đúng {found['sound']}, tốt nhất {found['proven']}, {time.process_time() - began:.1f} giây máy")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "full")
